package dev.bugle.k8s.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.health.Probe;
import dev.bugle.advertiser.source.Standing.Effect;
import dev.bugle.advertiser.vip.Degradation;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.k8s.service.ServicesConfig.Checks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Health by annotation: what a Service may have probed, and what it may not. */
class CheckupTest {

  private static final Checks NODE_KNOWN =
      new Checks(
          true,
          Duration.ofMillis(100),
          Optional.of(Path.of("/etc/bugle/services-ca.crt")),
          Optional.of(IpAddress.parse("192.0.2.11")));

  private static final Endpoints READY =
      Readers.endpoints(
          ServiceJson.slice("a", "web", "IPv4", "n1:ready"),
          ServiceJson.slice("b", "web", "IPv6", "n1:ready"));

  private static Outcome of(Checks checks, ServiceJson json) {
    ServicesConfig usual = Readers.config(Optional.empty());
    ServicesConfig config =
        new ServicesConfig(
            usual.kubeconfig(),
            usual.node(),
            usual.selection(),
            usual.defaults(),
            checks,
            usual.leases(),
            usual.contact());
    return new Translation(config).of(Readers.service(json).orElseThrow(), READY);
  }

  private static ServiceJson web() {
    return ServiceJson.of("web").ip("203.0.113.10");
  }

  private static HealthCheckConfig only(ServiceJson json) {
    Outcome outcome = of(NODE_KNOWN, json);
    assertThat(outcome.checks()).as("%s", outcome.account()).hasSize(1);
    return outcome.checks().values().iterator().next();
  }

  private static String complaint(Checks checks, ServiceJson json) {
    Outcome outcome = of(checks, json);
    assertThat(outcome.checks()).isEmpty();
    assertThat(outcome.offers()).allMatch(o -> o.eligibility().effect() == Effect.FORBIDS);
    assertThat(outcome.account().complaints()).as("%s", outcome).hasSize(1);
    assertThat(outcome.account().complaints().get(0).reason())
        .isIn("InvalidAnnotation", "UnknownAnnotation");
    return outcome.account().complaints().get(0).message();
  }

  @Test
  void aCheckOfTheAddressIsOneForEachAddress() {
    Outcome outcome =
        of(
            NODE_KNOWN,
            web()
                .ip("2001:db8::10")
                .annotation("check", "http://address:8080/healthz?deep=1")
                .annotation("check.host", "web.example.com")
                .annotation("check.status", "200-299, 404")
                .annotation("health", "api"));

    assertThat(outcome.checks())
        .containsOnlyKeys("check/default/web/203.0.113.10", "check/default/web/2001:db8::10");
    Probe.Http probe = (Probe.Http) outcome.checks().get("check/default/web/2001:db8::10").probe();
    assertThat(probe.url().uri()).hasToString("http://[2001:db8::10]:8080/healthz?deep=1");
    assertThat(probe.headers().values()).containsEntry("Host", "web.example.com");
    assertThat(probe.statuses()).hasSize(2);
    assertThat(outcome.offers().get(0).vip().needs().health())
        .containsExactly("api", "check/default/web/203.0.113.10");
  }

  @Test
  void aCheckOfTheNodeIsOneForTheService() {
    Outcome outcome =
        of(NODE_KNOWN, web().ip("203.0.113.11").annotation("check", "tcp://node:30080"));

    assertThat(outcome.checks()).containsOnlyKeys("check/default/web/node");
    assertThat(outcome.checks().values().iterator().next().probe())
        .isEqualTo(new Probe.Tcp("192.0.2.11", 30080));
  }

  @Test
  void overHttpsItTrustsWhomTheAdvertiserSays() {
    Probe.Http probe =
        (Probe.Http)
            only(web().annotation("check", "https://address").annotation("check.host", "web"))
                .probe();
    assertThat(probe.credentials().caFile()).contains(Path.of("/etc/bugle/services-ca.crt"));
    assertThat(probe.credentials().serverName()).contains("web");
    assertThat(probe.credentials().tokenFile()).isEmpty();
  }

  @Test
  void thresholdsAreThoseOfACheckOfTheConfiguration() {
    HealthCheckConfig check =
        only(
            web()
                .annotation("check", "tcp://address:80")
                .annotation("check.interval", "5s")
                .annotation("check.fast-interval", "500ms")
                .annotation("check.timeout", "2s")
                .annotation("check.rise", "4")
                .annotation("check.fall", "5"));
    assertThat(check.timing().interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(check.timing().fastInterval()).isEqualTo(Duration.ofMillis(500));
    assertThat(check.timing().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(check.timing().rise()).isEqualTo(4);
    assertThat(check.timing().fall()).isEqualTo(5);
  }

  @Test
  void whatGoesWithoutSayingIsNoFasterThanAllowed() {
    Checks slow = new Checks(true, Duration.ofSeconds(3), Optional.empty(), Optional.empty());
    Outcome outcome = of(slow, web().annotation("check", "tcp://address:80"));
    HealthCheckConfig check = outcome.checks().values().iterator().next();
    assertThat(check.timing().interval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(check.timing().fastInterval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(
            complaint(
                slow,
                web().annotation("check", "tcp://address:80").annotation("check.interval", "2s")))
        .startsWith("bugle.dev/check.interval: found 2s; expected at least 3s");
  }

  @Test
  void whileACheckIsDownItIsAnnouncedAsTheAnnotationsSay() {
    Outcome outcome =
        of(
            NODE_KNOWN,
            web()
                .annotation("check", "tcp://address:80")
                .annotation("when-unhealthy.set.add-communities", "65001:200, no-export")
                .annotation("when-unhealthy.set.med", "1000")
                .annotation("when-unhealthy.set.prepend", "3")
                .annotation("when-unhealthy.withdraw-after", "never"));
    Degradation degradation = outcome.offers().get(0).vip().needs().whenUnhealthy().orElseThrow();
    assertThat(degradation.withdrawAfter()).isEmpty();
    assertThat(degradation.changes())
        .isEqualTo(
            List.of(
                RouteChange.addCommunities("65001:200", "no-export"),
                RouteChange.med(1000),
                RouteChange.prepend(3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exec:///bin/true              | found 'exec:///bin/true'",
        "exec                          | found 'exec'",
        "file:///etc/shadow            | found 'file",
        "http://127.0.0.1:10248/       | found 'http://127",
        "http://localhost:10248/       | found 'http://localhost",
        "http://10.0.0.1/              | found 'http://10",
        "http://address@10.0.0.1/      | found 'http://address@",
        "http://address.example.com/   | found 'http://address.",
        "http://user:pw@address/       | found 'http://user",
        "http://address:0/             | found the port 0",
        "http://address:65536/         | found the port 65536",
        "http://address:123456/        | found 'http",
        "http://address:80/ x          | found 'http",
        "http://address:80/%zz         | found what is no URL",
        "tcp://address                 | found no port",
        "tcp://address:80/path         | found a path",
        "tcp://address:0               | found ",
        "''                            | found ''",
      })
  void nothingElseCanBeAskedFor(String target, String message) {
    assertThat(complaint(NODE_KNOWN, web().annotation("check", target)))
        .startsWith("bugle.dev/check: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check.interval       | soon    | bugle.dev/check.interval: ",
        "check.interval       | 10ms    | bugle.dev/check.interval: found 10ms; expected at least",
        "check.fast-interval  | 2s      | bugle.dev/check: the fast interval is longer",
        "check.timeout        | 1h      | bugle.dev/check.timeout: ",
        "check.rise           | 0       | bugle.dev/check.rise: ",
        "check.fall           | 101     | bugle.dev/check.fall: ",
        "check.status         | 200,9   | bugle.dev/check.status[1]: ",
        "check.host           | a/b     | bugle.dev/check.host: found 'a/b'",
        "check.command        | /bin/sh | bugle.dev/check.command: unknown",
        "check.ca-file        | /x      | bugle.dev/check.ca-file: unknown",
        "check.token-file     | /x      | bugle.dev/check.token-file: unknown",
        "when-unhealthy.set.med         | ten | bugle.dev/when-unhealthy.set.med: ",
        "when-unhealthy.set.prepend     | 33  | bugle.dev/when-unhealthy.set.prepend: ",
        "when-unhealthy.withdraw-after  | 9s  | bugle.dev/when-unhealthy.set: this key is missing",
        "when-unhealthy.set.next-hop    | self | bugle.dev/when-unhealthy.set.next-hop: unknown",
      })
  void whatIsWrongIsToldByItsAnnotation(String key, String value, String start) {
    assertThat(
            complaint(
                NODE_KNOWN, web().annotation("check", "http://address:80/").annotation(key, value)))
        .startsWith(start);
  }

  @Test
  void whatIsToldIsOneLineHoweverItWasWritten() {
    for (String key : List.of("check", "check.host", "check.rise", "check.interval")) {
      assertThat(
              complaint(
                  NODE_KNOWN,
                  web()
                      .annotation("check", "http://address:80/")
                      .annotation(key, "1\n2026 ERROR \u001b[31m")))
          .doesNotContainPattern("\\p{Cntrl}")
          .hasSizeLessThan(400);
    }
  }

  @Test
  void detailsWithoutACheckAreASlip() {
    assertThat(complaint(NODE_KNOWN, web().annotation("check.rise", "3")))
        .startsWith("bugle.dev/check.rise: there is no check");
    assertThat(complaint(NODE_KNOWN, web().annotation("when-unhealthy.set.med", "3")))
        .contains("it has no check that could be down");
  }

  @Test
  void anAdvertiserThatTakesNoChecksSaysSo() {
    Checks none = new Checks(false, Duration.ofMillis(100), Optional.empty(), Optional.empty());
    assertThat(complaint(none, web().annotation("check", "tcp://address:80")))
        .contains("takes no checks from Services");
  }

  @Test
  void aNodeWhoseAddressIsNotKnownCannotBeAsked() {
    assertThat(complaint(Checks.DEFAULTS, web().annotation("check", "tcp://node:80")))
        .contains("node-address");
  }
}
