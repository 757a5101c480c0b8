package dev.bugle.k8s.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.json.JsonText;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written to the status, and when nothing is. */
class StatusPatchTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.5Z");

  private static final Endpoints READY =
      Readers.endpoints(ServiceJson.slice("a", "web", "IPv4", "n1:ready"));

  private static final String CONDITION =
      """
      "conditions":[{"type":"other","status":"True"},{"type":"bugle.dev/Announceable","status":"True",\
      "reason":"Ready","message":"nodes can announce 203.0.113.1",\
      "lastTransitionTime":"2026-11-25T10:00:00Z"}],\
      """;

  private static Optional<String> patch(String json, Endpoints endpoints) {
    Service service = Readers.read(new ServiceReader(Readers.OURS), json).value().orElseThrow();
    return StatusPatch.of(
        new Translation(Readers.config(Optional.empty())).of(service, endpoints), NOW);
  }

  private static String json(ServiceJson service, String more) {
    return JsonText.write(service.json()).replace("\"status\":{", "\"status\":{" + more);
  }

  @Test
  void anAddressOfTheAuthorAndTheConditionAreWritten() {
    String patch =
        patch(json(ServiceJson.of("web").annotation("addresses", "203.0.113.1"), ""), READY)
            .orElseThrow();
    assertThat(patch)
        .contains("\"uid\":\"uid-web\"")
        .contains("\"loadBalancer\":{\"ingress\":[{\"ip\":\"203.0.113.1\"}]}")
        .contains("\"type\":\"bugle.dev/Announceable\",\"status\":\"True\",\"reason\":\"Ready\"")
        .contains("\"lastTransitionTime\":\"2026-11-25T12:00:00Z\"");
  }

  @Test
  void nothingIsWrittenWhenItIsThere() {
    ServiceJson web =
        ServiceJson.of("web").ip("203.0.113.1").annotation("addresses", "203.0.113.1");
    assertThat(patch(json(web, CONDITION), READY)).isEmpty();
  }

  @Test
  void theTimeOfATransitionIsWrittenOnlyWithOne() {
    ServiceJson web = ServiceJson.of("web").ip("203.0.113.1");
    String other = CONDITION.replace("nodes can announce", "once");
    assertThat(patch(json(web, other), READY).orElseThrow()).doesNotContain("lastTransitionTime");
    assertThat(patch(json(web, CONDITION), Endpoints.NONE).orElseThrow())
        .contains("\"status\":\"False\"", "lastTransitionTime")
        .doesNotContain("loadBalancer");
  }

  @Test
  void oneAddressInTwoFormsIsTheSame() {
    ServiceJson web =
        ServiceJson.of("web").ip("2001:DB8:0::1").annotation("addresses", "2001:db8::1");
    assertThat(patch(json(web, ""), READY).orElseThrow()).doesNotContain("loadBalancer");
  }
}
