package dev.bugle.advertiser.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.advertiser.config.yaml.Setting;
import dev.bugle.advertiser.config.yaml.Settings;
import dev.bugle.bgp.Route;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What flags and the environment say counts before the file. */
class SettingsTest {

  private static final String FILE =
      """
      speaker: {local-as: 65001, router-id: 192.0.2.1}
      peers: [{address: 192.0.2.254, remote-as: 65000, bfd: fast}]
      bfd: {profiles: {fast: {interval: 50ms}}}
      leadership:
        control-plane: {type: file-lock, path: /run/a.lock}
        a.b: {type: file-lock, path: /run/b.lock}
        a-b: {type: file-lock, path: /run/c.lock}
      vips: [{prefix: 203.0.113.10/32, leadership: always}]
      """;

  private static Settings flags(String... assignments) {
    return new Settings(
        List.of(), Stream.of(assignments).map(text -> Setting.assignment("--set", text)).toList());
  }

  private static Settings variables(Map<String, String> environment) {
    return new Settings(Environment.settings(environment), List.of());
  }

  private static AdvertiserConfig read(Settings settings) throws InvalidConfigException {
    return ConfigFile.parse("b.yaml", FILE.getBytes(UTF_8), settings);
  }

  private static List<String> faults(Settings settings) {
    InvalidConfigException refused =
        catchThrowableOfType(InvalidConfigException.class, () -> read(settings));
    assertThat(refused).as("it is refused").isNotNull();
    return refused.faults().stream().map(Fault::toString).toList();
  }

  @Test
  void aFlagReachesEveryLevel() throws InvalidConfigException {
    AdvertiserConfig config =
        read(
            flags(
                "speaker.local-as=65009",
                "peers[0].remote-as=internal",
                "peers[1]={address: 192.0.2.253, remote-as: external}",
                "peers[1].description=second",
                "leadership[a.b].lease=5s",
                "leadership.control-plane.lease=7s",
                "vips[0].communities=[65001:100, no-export]",
                "vips[0].communities[2]=65001:1:2",
                "speaker.listen=127.0.0.1:1179"));

    assertThat(config.speaker().asn()).isEqualTo(65009);
    assertThat(config.peers()).hasSize(2);
    assertThat(config.electors().get("a.b")).asString().contains(Duration.ofSeconds(5).toString());
    assertThat(config.electors().get("control-plane"))
        .asString()
        .contains(Duration.ofSeconds(7).toString());
    assertThat(config.vips().get(0).route())
        .isEqualTo(
            Route.to("203.0.113.10/32").communities("65001:100", "no-export", "65001:1:2").build());
  }

  @Test
  void aVariableReachesEveryLevel() throws InvalidConfigException {
    AdvertiserConfig config =
        read(
            variables(
                Map.of(
                    "BUGLE_SPEAKER__LOCAL_AS", "65009",
                    "BUGLE_PEERS__0__REMOTE_AS", "internal",
                    "BUGLE_LEADERSHIP__CONTROL_PLANE__LEASE", "7s",
                    "BUGLE_LEADERSHIP__NEW_ONE", "{type: file-lock, path: /run/n.lock}",
                    "BUGLE_VIPS__0__LEADERSHIP", "new-one",
                    "BUGLE_VIPS__0__COMMUNITIES", "[65001:100]")));

    assertThat(config.speaker().asn()).isEqualTo(65009);
    assertThat(config.electors()).containsKey("new-one");
    assertThat(config.electors().get("control-plane"))
        .asString()
        .contains(Duration.ofSeconds(7).toString());
    assertThat(config.vips().get(0).leadership()).isEqualTo("new-one");
  }

  @Test
  void itemsCanBeAppendedOneByOne() throws InvalidConfigException {
    Map<String, String> environment = new HashMap<>();
    for (int i = 1; i <= 12; i++) {
      environment.put(
          "BUGLE_VIPS__" + i, "{prefix: 203.0.113.%d/32, leadership: always}".formatted(100 + i));
    }

    assertThat(read(variables(environment)).vips()).hasSize(13);
  }

  @Test
  void aFlagCountsBeforeAVariableAndBothBeforeTheFile() throws InvalidConfigException {
    Settings both =
        new Settings(
            Environment.settings(
                Map.of(
                    "BUGLE_SPEAKER__LOCAL_AS", "65002", "BUGLE_SPEAKER__ROUTER_ID", "192.0.2.2")),
            flags("speaker.local-as=65003", "speaker.local-as=65004").flags());

    assertThat(read(both).speaker().asn()).isEqualTo(65004);
    assertThat(read(both).speaker().routerId()).hasToString("192.0.2.2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          speaker.local-as=x | --set speaker.local-as: found 'x'; expected an AS number, 1 to 4294967295
          speaker.local-as= | --set speaker.local-as: found nothing; expected an AS number, 1 to 4294967295
          speaker.localas=1 | --set speaker.localas: 'localas' is no key of speaker; did you mean local-as?; the keys here are local-as, router-id,
          peer[0].address=1 | --set peer[0].address: 'peer' is no key of a configuration; did you mean peers?; the keys here are speaker, bfd,
          peers[0]={address: 192.0.2.1} | --set peers[0]: peers[0].remote-as: this key is missing
          peers[2].address=192.0.2.1 | --set peers[2].address: the list peers has 1 items; its next one has that number
          peers.address=192.0.2.1 | --set peers.address: found 'address' below peers, which is a list, each item a peer
          peers[0].port[0]=1 | --set peers[0].port[0]: peers[0].port has no items; set peers[0].port itself
          peers[0].bfd.strict=true | --set peers[0].bfd.strict: found 'fast' as peers[0].bfd (b.yaml:2), which cannot be changed in part; set peers[0].bfd itself
          speaker.listen=[a | --set speaker.listen: this is not YAML:
          speaker.listen=&a b | --set speaker.listen: found a YAML anchor or alias
          peers[0].password=sesame | --set peers[0].password: a secret is not written here
          vips[1]={prefix: 203.0.113.10/32, leadership: always} | --set vips[1]: vips[1].prefix: found 203.0.113.10/32 again, after vips[0] (line 8); remove one of them
          """)
  void aFlagIsThePlaceOfItsFault(String assignment, String fault) {
    assertThat(faults(flags(assignment)))
        .singleElement()
        .asString()
        .startsWith(fault)
        .doesNotContain("sesame");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          BUGLE_SPEAKER__LOCAL_AS | x | BUGLE_SPEAKER__LOCAL_AS: speaker.local-as: found 'x'; expected an AS number
          BUGLE_SPEAKER__LOCL_AS | 1 | BUGLE_SPEAKER__LOCL_AS: 'LOCL_AS' is no key of SPEAKER; did you mean LOCAL_AS?; the keys here are LOCAL_AS, ROUTER_ID,
          BUGLE_SPEAKER_LOCAL_AS | 1 | BUGLE_SPEAKER_LOCAL_AS: 'SPEAKER_LOCAL_AS' is no key of a configuration; the keys here are SPEAKER, BFD,
          BUGLE_SPEAKER__LOCAL-AS | 1 | BUGLE_SPEAKER__LOCAL-AS: 'LOCAL-AS' is no key of SPEAKER; did you mean LOCAL_AS?
          BUGLE_ | 1 | BUGLE_: '' is no key of a configuration;
          BUGLE_PORT | 1 | BUGLE_PORT: 'PORT' is no key of a configuration;
          BUGLE_SPEAKER__ | 1 | BUGLE_SPEAKER__: '' is no key of SPEAKER;
          BUGLE_LEADERSHIP__A_B__LEASE | 1s | BUGLE_LEADERSHIP__A_B__LEASE: 'A_B' can be 'a.b' or 'a-b'; use --set
          """)
  void aVariableIsThePlaceOfItsFault(String name, String value, String fault) {
    assertThat(faults(variables(Map.of(name, value)))).singleElement().asString().startsWith(fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BUGLE_JAVA_OPTS=-Xmx1g",
        "BUGLE_SERVICE_HOST=10.0.0.1",
        "BUGLE_SERVICE_PORT=179",
        "BUGLE_SERVICE_PORT_ADMIN=8080",
        "BUGLE_PORT=tcp://10.0.0.1:179",
        "BUGLE_PORT_179_TCP=tcp://10.0.0.1:179",
        "BUGLE_PORT_179_TCP_PROTO=tcp",
        "BUGLE_PORT_179_TCP_PORT=179",
        "BUGLE_PORT_179_TCP_ADDR=10.0.0.1",
        "BUGLE_ADMIN_SERVICE_HOST=10.0.0.1",
        "BUGLE_ADMIN_PORT=tcp://10.0.0.1:80",
        "bugle_speaker=1",
        "BUGLEX=1",
      })
  void variablesOfOthersAreLeftAlone(String variable) throws InvalidConfigException {
    String[] parts = variable.split("=", 2);
    assertThat(Environment.settings(Map.of(parts[0], parts[1]))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "=1",
        ".a=1",
        "a.=1",
        "a..b=1",
        "[0]=1",
        "a[=1",
        "a[]=1",
        "a]=1",
        "a[0=1",
        "a[[0]]=1"
      })
  void whatIsNoAssignmentIsRefused(String text) {
    assertThatThrownBy(() -> Setting.assignment("--set", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a key and its value");
  }
}
