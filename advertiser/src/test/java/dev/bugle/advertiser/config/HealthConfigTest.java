package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.yaml.Cursor;
import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.advertiser.config.yaml.Faults;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.YamlFile;
import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.health.HealthTiming;
import dev.bugle.advertiser.health.HttpHeaders;
import dev.bugle.advertiser.health.HttpUrl;
import dev.bugle.advertiser.health.Probe;
import dev.bugle.bgp.wire.IpAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file says of health checks. */
class HealthConfigTest {

  private static final Type<Map<String, HealthCheckConfig>> CHECKS =
      Types.mapOf(HealthSection.TYPE);

  private static Optional<Map<String, HealthCheckConfig>> parse(String document, Faults faults) {
    return YamlFile.parse(document.getBytes(StandardCharsets.UTF_8), faults)
        .flatMap(root -> CHECKS.read(Cursor.root(root, faults)));
  }

  private static HealthCheckConfig read(String check) {
    Faults faults = new Faults("b.yaml");
    Map<String, HealthCheckConfig> all = parse("api: " + check, faults).orElseThrow();
    assertThat(faults.sorted()).isEmpty();
    return all.get("api");
  }

  private static List<String> faultsOf(String check) {
    Faults faults = new Faults("b.yaml");
    Optional<Map<String, HealthCheckConfig>> unused = parse("api: " + check, faults);
    return faults.sorted().stream().map(Fault::toString).toList();
  }

  private static HealthTiming defaults() {
    return new HealthTiming(
        Duration.ofSeconds(1),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        2,
        3,
        Optional.empty());
  }

  @Test
  void httpNeedsOnlyAUrl() {
    assertThat(read("{type: http, url: 'http://127.0.0.1:8080/ready'}"))
        .isEqualTo(
            new HealthCheckConfig(
                defaults(),
                new Probe.Http(
                    HttpUrl.parse("http://127.0.0.1:8080/ready"),
                    Probe.Http.Method.GET,
                    List.of(new Probe.StatusRange(200, 200)),
                    HttpHeaders.NONE,
                    Probe.Credentials.NONE)));
  }

  @Test
  void httpMayHaveMore() {
    String check =
        """
        {type: http, url: 'https://[::1]:6443/livez', method: HEAD, status: [200-299, 401],
               headers: {Host: api.example}, ca-file: /etc/ca.pem, server-name: kubernetes,
               token-file: /run/token, client-certificate-file: /run/c, client-key-file: /run/k}
        """;
    assertThat(read(check).probe())
        .isEqualTo(
            new Probe.Http(
                HttpUrl.parse("https://[::1]:6443/livez"),
                Probe.Http.Method.HEAD,
                List.of(new Probe.StatusRange(200, 299), new Probe.StatusRange(401, 401)),
                new HttpHeaders(Map.of("Host", "api.example")),
                new Probe.Credentials(
                    Optional.of(Path.of("/etc/ca.pem")),
                    Optional.of("kubernetes"),
                    Optional.of(Path.of("/run/token")),
                    Optional.of(
                        new Probe.ClientCertificate(Path.of("/run/c"), Path.of("/run/k"))))));
  }

  @Test
  void otherTypesSayWhatTheyLookAt() {
    assertThat(read("{type: tcp, port: 179}").probe()).isEqualTo(new Probe.Tcp("localhost", 179));
    assertThat(read("{type: tcp, host: '2001:db8::1', port: 80}").probe())
        .isEqualTo(new Probe.Tcp("2001:db8::1", 80));
    assertThat(read("{type: exec, command: [/bin/check, '--x y']}").probe())
        .isEqualTo(new Probe.Exec(List.of("/bin/check", "--x y")));
    assertThat(read("{type: address, address: 203.0.113.10, interface: lo}").probe())
        .isEqualTo(new Probe.Address(IpAddress.parse("203.0.113.10"), Optional.of("lo")));
  }

  @Test
  void timingIsTheSameForAll() {
    String timing =
        ", interval: 5s, fast-interval: 500ms, timeout: 2s, rise: 3, fall: 1, damping: {flaps: 5}}";
    HealthTiming expected =
        new HealthTiming(
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            3,
            1,
            Optional.of(
                new HealthTiming.Damping(
                    5, Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofMinutes(10))));
    for (String check :
        List.of(
            "{type: http, url: 'http://h/'",
            "{type: tcp, port: 1",
            "{type: exec, command: [x]",
            "{type: address, address: '::1'")) {
      assertThat(read(check + timing).timing()).isEqualTo(expected);
    }
  }

  @Test
  void fastIntervalIsNotSlowerThanTheInterval() {
    assertThat(read("{type: tcp, port: 1, interval: 100ms}").timing().fastInterval())
        .isEqualTo(Duration.ofMillis(100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          up                                        | : found 'up'; expected a health check with the key type: http, tcp, exec, address
          {port: 80}                                | .type: this key is missing; add one of: http, tcp, exec, address
          {type: ping}                              | .type: found 'ping'; expected one of: http, tcp, exec, address
          {type: http}                              | .url: this key is missing; add a URL such as https://127.0.0.1:6443/livez
          {type: http, url: 'ftp://h/'}             | .url: found the scheme ftp; expected a URL that begins with http:// or https://
          {type: http, url: 'http://h:99999/'}      | .url: found the port 99999; expected a port from 1 to 65535
          {type: http, url: 'http://a:b@h/'}        | .url: a user or a password in a URL would be seen by everybody
          {type: http, url: [x]}                    | .url: found a list; expected a URL such as
          {type: http, url: 'http://h/', method: POST}  | .method: found 'POST'; expected one of: GET, HEAD
          {type: http, url: 'http://h/', status: 600}   | .status: found 600-600; expected statuses from 200 to 599
          {type: http, url: 'http://h/', status: 299-200} | .status: found 299-200; expected statuses
          {type: http, url: 'http://h/', status: 2xx}   | .status: found '2xx'; expected an HTTP status, 200 to 599, or a range
          {type: http, url: 'http://h/', status: []}    | : no status is expected; name one, such as 200
          {type: http, url: 'http://h/', headers: {Authorization: Bearer x}} | .headers: Authorization is a secret
          {type: http, url: 'http://h/', headers: {a b: c}} | .headers: found a name with characters that no header has
          {type: http, url: 'http://h/', ca-file: /ca}  | : ca-file, server-name, token-file and the client certificate are for https
          {type: http, url: 'https://h/', client-key-file: /k} | .client-key-file: found no certificate that it belongs to; add client-certificate-file
          {type: http, url: 'https://h/', client-certificate-file: /c} | .client-certificate-file: found no key that belongs to it; add client-key-file
          {type: http, url: 'http://h/', token-file: /t} | : ca-file, server-name, token-file and the client certificate are for https
          {type: http, url: 'https://h/', server-name: a/b} | .server-name: found 'a/b'; expected a host name such as api.example.net, or an IP address
          {type: http, url: 'https://h/', insecure: true}   | .insecure: unknown key
          {type: tcp}                               | .port: this key is missing; add a port, 1 to 65535
          {type: tcp, port: 0}                      | .port: found '0'; expected a port, 1 to 65535
          {type: tcp, port: 65536}                  | .port: found '65536'; expected a port, 1 to 65535
          {type: tcp, port: 1, host: 'a b'}         | .host: found 'a b'; expected a host name or an IP address
          {type: tcp, port: 1, url: 'http://h/'}    | .url: unknown key; the keys here are type, host, port, interval
          {type: exec}                              | .command: this key is missing
          {type: exec, command: /bin/true}          | .command: found '/bin/true'; expected a list
          {type: exec, command: []}                 | : no program is named; write [/path/to/it, argument]
          {type: exec, command: ['']}               | : no program is named
          {type: address}                           | .address: this key is missing
          {type: address, address: h}               | .address: 'h' is not an IP address
          {type: address, address: 192.0.2.1, interface: a/b} | .interface: found 'a/b'; expected the name of an interface
          {type: tcp, port: 1, interval: 5}         | .interval: found '5'; expected a duration: a whole number and ms
          {type: tcp, port: 1, interval: 9ms}       | .interval: found '9ms'; expected a duration, 10ms to 1h
          {type: tcp, port: 1, fast-interval: 2s}   | : the fast interval is longer than the interval; shorten fast-interval
          {type: tcp, port: 1, timeout: 6m}         | .timeout: found '6m'; expected a duration, 10ms to 5m
          {type: tcp, port: 1, rise: 0}             | .rise: found '0'; expected a number of probes, 1 to 100
          {type: tcp, port: 1, fall: 101}           | .fall: found '101'; expected a number of probes, 1 to 100
          {type: tcp, port: 1, damping: on}         | .damping: found 'on'; expected damping with the keys flaps, within
          {type: tcp, port: 1, damping: {flaps: 0}} | .damping.flaps: found '0'; expected a number of losses, 1 to 100
          {type: tcp, port: 1, damping: {within: 2h}} | .damping.within: found '2h'; expected a duration, 10ms to 1h
          {type: tcp, port: 1, damping: {hold-down: 0s}} | .damping.hold-down: found '0s'; expected a duration
          {type: tcp, port: 1, damping: {max-hold-down: 29s}} | .damping: the longest hold-down is shorter than the first
          """)
  void aBadValueIsNamed(String check, String message) {
    assertThat(faultsOf(check)).singleElement().asString().startsWith("b.yaml:1: api" + message);
  }

  @Test
  void passwordInAUrlIsNotRepeated() {
    for (String url : List.of("http://u:sesame@h/", "http://u:sesame@ h/", "u:sesame@h")) {
      assertThat(faultsOf("{type: http, url: '" + url + "'}"))
          .singleElement()
          .asString()
          .doesNotContain("sesame");
    }
  }

  @Test
  void everyExampleInTheDocumentationIsRead() throws Exception {
    String page = Files.readString(Path.of("../docs/health.md"));
    Matcher blocks = Pattern.compile("```yaml\nhealth:\n(.*?)```", Pattern.DOTALL).matcher(page);
    int count = 0;
    while (blocks.find()) {
      Faults faults = new Faults("health.md");
      Map<String, HealthCheckConfig> checks =
          parse(blocks.group(1).stripIndent(), faults).orElseThrow();
      assertThat(faults.sorted()).isEmpty();
      count += checks.size();
    }
    assertThat(count).isEqualTo(4);
  }

  @Test
  void everyKeyIsInTheDocumentation() throws Exception {
    String page = Files.readString(Path.of("../docs/health.md"));
    HealthSection.TYPE
        .sections()
        .values()
        .forEach(
            section ->
                section.keys().forEach(key -> assertThat(page).contains("`" + key.name() + "`")));
  }
}
