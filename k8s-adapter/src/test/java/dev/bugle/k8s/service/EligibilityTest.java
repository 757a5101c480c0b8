package dev.bugle.k8s.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.json.Json;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What endpoints allow, in every state of them; this node is n1. */
class EligibilityTest {

  private static Eligibility of(boolean isLocal, String endpoints) {
    Json.Fields[] slices =
        Stream.of(endpoints.isBlank() ? new String[0] : endpoints.split(" "))
            .map(one -> ServiceJson.slice("s-" + one.replace(":", "-"), "web", "IPv4", one))
            .toArray(Json.Fields[]::new);
    Presence presence = Readers.endpoints(slices).of(Family.IPV4);
    return Eligibility.of(presence, Family.IPV4, isLocal, false);
  }

  @ParameterizedTest
  @CsvSource({
    // endpoints, under Cluster, under Local
    "'',                          no endpoint, no endpoint",
    "n1:ready,                    ready, ready",
    "n2:ready,                    ready, no endpoint",
    ":ready,                      ready, no endpoint",
    "n1:old,                      ready, ready",
    "n1:starting,                 no endpoint, no endpoint",
    "n1:gone,                     no endpoint, no endpoint",
    "n1:leaving,                  terminating, terminating",
    "n2:leaving,                  terminating, no endpoint",
    "n1:leaving n2:leaving,       terminating, terminating",
    "n1:leaving n2:ready,         ready, leaving",
    "n1:leaving n2:starting,      terminating, terminating",
    "n1:leaving n1:ready,         ready, ready",
    "n1:ready n2:leaving,         ready, ready",
    "n1:gone n2:ready,            ready, no endpoint",
    "n1:starting n2:leaving,      terminating, no endpoint",
  })
  void endpointsThatTerminateCountWhereNoneIsReady(String endpoints, String cluster, String local) {
    assertThat(of(false, endpoints).value()).as("Cluster").isEqualTo(cluster);
    assertThat(of(true, endpoints).value()).as("Local").isEqualTo(local);
  }

  @Test
  void aRollingUpdateOnOneNodeHasNoGap() {
    for (String step :
        new String[] {
          "n1:ready",
          "n1:ready n1:starting",
          "n1:leaving n1:starting",
          "n1:leaving n1:ready",
          "n1:ready"
        }) {
      assertThat(of(true, step).value()).as(step).isNotEqualTo("no endpoint");
    }
  }

  @Test
  void whoseLastEndpointLeavesGoesOutOfServiceWhereOthersCanTakeOver() {
    assertThat(of(true, "n1:leaving n2:ready").isLeaving()).isTrue();
    assertThat(of(true, "n1:leaving").isLeaving()).isFalse();
    assertThat(of(false, "n1:leaving n2:ready").isLeaving()).isFalse();
  }

  @Test
  void withoutEndpointsOnlyWhoAsksForItIsAnnounced() {
    Eligibility asked = Eligibility.of(Presence.NONE, Family.IPV4, false, true);
    assertThat(asked.value()).isEqualTo("unserved");
    assertThat(Eligibility.of(Presence.NONE, Family.IPV4, true, true).value())
        .isEqualTo("no endpoint");
  }

  @Test
  void eachFamilyHasEndpointsOfItsOwnOverAllSlices() {
    Endpoints endpoints =
        Readers.endpoints(
            ServiceJson.slice("a", "web", "IPv4", "n2:ready"),
            ServiceJson.slice("b", "web", "IPv4", "n1:leaving", "n2:starting"),
            ServiceJson.slice("c", "web", "IPv6", "n1:ready"),
            ServiceJson.slice("d", "web", "FQDN", "n1:ready"));
    assertThat(endpoints.ipv4()).isEqualTo(new Presence(false, true, true, false));
    assertThat(endpoints.ipv6()).isEqualTo(new Presence(true, false, false, false));
  }
}
