package dev.bugle.k8s.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.source.SourcedVip;
import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Standing.Effect;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the advertiser is told of all Services. */
class AssemblyTest {

  private static final Endpoints READY =
      Readers.endpoints(ServiceJson.slice("a", "web", "IPv4", "n1:ready"));

  private static Outcome outcome(ServiceJson json, Endpoints endpoints) {
    return new Translation(Readers.config(Optional.empty()))
        .of(Readers.service(json).orElseThrow(), endpoints);
  }

  private static Assembly assemble(SourcedVips before, long now, Outcome... outcomes) {
    return Assembly.of(List.of(outcomes), before, now, Circumstances.USUAL);
  }

  @Test
  void ofServicesThatShareAnAddressTheOldestSaysHowItIsAnnounced() {
    Outcome older =
        outcome(
            ServiceJson.of("zz")
                .created("2026-11-25T10:00:00Z")
                .ip("203.0.113.1")
                .annotation("med", "1"),
            Endpoints.NONE);
    Outcome newer =
        outcome(
            ServiceJson.of("aa")
                .created("2026-11-25T11:00:00Z")
                .ip("203.0.113.1")
                .annotation("med", "2"),
            READY);

    for (Assembly both :
        List.of(
            assemble(SourcedVips.NONE, 1, older, newer),
            assemble(SourcedVips.NONE, 1, newer, older))) {
      assertThat(both.vips().vips())
          .extracting(vip -> vip.vip().name())
          .containsExactly("default/zz/203.0.113.1", "default/aa/203.0.113.1");
      assertThat(both.vips().vips())
          .allSatisfy(vip -> assertThat(vip.vip().route().med()).hasValue(1));
      assertThat(both.vips().vips())
          .extracting(vip -> vip.standing().effect())
          .containsExactly(Effect.FORBIDS, Effect.ALLOWS);
      assertThat(both.overruled()).containsOnlyKeys(new ObjectKey("default", "aa"));
    }
    assertThat(assemble(SourcedVips.NONE, 1, newer).vips().vips().get(0).vip().route().med())
        .hasValue(2);
  }

  @Test
  void servicesThatSayTheSameShareAnAddressInPeace() {
    Assembly both =
        assemble(
            SourcedVips.NONE,
            1,
            outcome(ServiceJson.of("a").ip("203.0.113.1"), READY),
            outcome(ServiceJson.of("b").ip("203.0.113.1"), READY));
    assertThat(both.overruled()).isEmpty();
    assertThat(both.vips().vips()).hasSize(2);
  }

  @Test
  void oneThatIsNotUnderstoodDoesNotSayHowOthersAreAnnounced() {
    Assembly both =
        assemble(
            SourcedVips.NONE,
            1,
            outcome(
                ServiceJson.of("a")
                    .created("2026-11-25T09:00:00Z")
                    .ip("203.0.113.1")
                    .annotation("med", "x"),
                READY),
            outcome(ServiceJson.of("b").ip("203.0.113.1").annotation("med", "2"), READY));
    assertThat(both.overruled()).isEmpty();
    assertThat(both.vips().vips())
        .extracting(vip -> vip.standing().value())
        .containsExactly("invalid", "ready");
    assertThat(both.vips().vips().get(1).vip().route().med()).hasValue(2);
  }

  @Test
  void aStandingBeginsWhenItsValueDoes() {
    ServiceJson web = ServiceJson.of("web").ip("203.0.113.1");
    SourcedVips first = assemble(SourcedVips.NONE, 10, outcome(web, READY)).vips();
    SourcedVips same = assemble(first, 20, outcome(web, READY)).vips();
    assertThat(same).isEqualTo(first);
    SourcedVips other = assemble(same, 30, outcome(web, Endpoints.NONE)).vips();
    assertThat(other.vips().get(0).standing().since()).isEqualTo(30);
  }

  @Test
  void aDrainBeginsOnce() {
    ServiceJson web = ServiceJson.of("web").ip("203.0.113.1").annotation("drain", "true");
    SourcedVips first = assemble(SourcedVips.NONE, 10, outcome(web, READY)).vips();
    SourcedVip later = assemble(first, 20, outcome(web, Endpoints.NONE)).vips().vips().get(0);
    assertThat(later.drain().orElseThrow().since()).isEqualTo(10);
  }

  @Test
  void whatNobodyCanVouchForIsNotAnnounced() {
    Outcome web = outcome(ServiceJson.of("web").ip("203.0.113.1"), READY);
    SourcedVips stale =
        Assembly.of(
                List.of(web),
                SourcedVips.NONE,
                5,
                new Circumstances(Optional.of("silence"), Optional.empty()))
            .vips();
    assertThat(stale.vips().get(0).standing().effect()).isEqualTo(Effect.FORBIDS);
    assertThat(stale.vips().get(0).standing().reason()).isEqualTo("silence");
  }
}
