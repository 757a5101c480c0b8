package dev.bugle.k8s.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.json.JsonText;
import dev.bugle.k8s.service.ServicesConfig.Selection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which Services are ours, and what is kept of what strangers write into them. */
class ServiceReaderTest {

  private static final Selection ALSO_WITHOUT =
      new Selection(ServicesConfig.DEFAULT_CLASS, true, Optional.empty(), List.of(), false);

  private static boolean has(Selection selection, ServiceJson json) {
    return Readers.read(new ServiceReader(selection), JsonText.write(json.json()))
        .value()
        .isPresent();
  }

  @Test
  void onlyTheTypeAndTheClassMakeItOurs() {
    assertThat(has(Readers.OURS, ServiceJson.of("a"))).isTrue();
    assertThat(has(Readers.OURS, ServiceJson.of("a").spec("type", "ClusterIP"))).isFalse();
    assertThat(has(Readers.OURS, ServiceJson.of("a").spec("loadBalancerClass", "other"))).isFalse();
    assertThat(has(Readers.OURS, ServiceJson.of("a").without("loadBalancerClass"))).isFalse();
    assertThat(has(ALSO_WITHOUT, ServiceJson.of("a").without("loadBalancerClass"))).isTrue();
    assertThat(has(ALSO_WITHOUT, ServiceJson.of("a").spec("loadBalancerClass", "other"))).isFalse();
  }

  @Test
  void oneThatIsBeingDeletedIsNotOurs() {
    String json =
        JsonText.write(ServiceJson.of("a").json())
            .replace("\"uid\":", "\"deletionTimestamp\":\"2026-11-25T10:00:00Z\",\"uid\":");
    assertThat(Readers.read(new ServiceReader(Readers.OURS), json).value()).isEmpty();
  }

  @Test
  void whatIsOfNoInterestIsOfAnyForm() {
    String json =
        """
        {"unknown":[[{"a":{}}],1.5e3,null],"metadata":{"namespace":"default","name":"a","labels":null,
         "annotations":{"x":"y","bugle.dev/med":"1"}},
         "spec":{"type":"LoadBalancer","loadBalancerClass":"bugle.dev/vip","ports":7},
         "status":{"loadBalancer":{"ingress":[null,{"hostname":"h"},{"ip":"203.0.113.1","ports":[]}]},
                   "conditions":{}}}\
        """;
    Service service = Readers.read(new ServiceReader(Readers.OURS), json).value().orElseThrow();
    assertThat(service.status().addresses()).containsExactly("203.0.113.1");
    assertThat(service.wish().annotations()).containsOnlyKeys("med");
  }

  @Test
  void ofAnAnnotationOfOneMebibyteNothingIsKept() {
    String long1 = "x".repeat(1 << 20);
    String json =
        JsonText.write(ServiceJson.of("a").ip("203.0.113.1").json())
            .replace(
                "\"annotations\":{",
                "\"annotations\":{\"other\":\""
                    + long1
                    + "\",\"bugle.dev/med\":\""
                    + long1
                    + "\",");
    Service service = Readers.read(new ServiceReader(Readers.OURS), json).value().orElseThrow();

    assertThat(service.wish().annotations()).isEmpty();
    assertThat(service.wish().tooLong()).containsExactly("med");
    Outcome outcome = new Translation(Readers.config(Optional.empty())).of(service, Endpoints.NONE);
    assertThat(outcome.account().complaints().get(0).message())
        .startsWith("bugle.dev/med: found more than 4096 characters");
  }

  @Test
  void veryManyAnnotationsOfOursAreNotKept() {
    ServiceJson json = ServiceJson.of("a");
    for (int i = 0; i < 1000; i++) {
      json.annotation("a" + i, "b");
    }
    assertThat(Readers.service(json).orElseThrow().wish().annotations()).hasSize(32);
  }

  @Test
  void anObjectThatIsCutOffAtAnyOctetIsAFailure() {
    String json = JsonText.write(ServiceJson.of("a").ip("203.0.113.1").json());
    for (int i = 1; i < json.length(); i++) {
      String part = json.substring(0, i);
      assertThatThrownBy(() -> Readers.read(new ServiceReader(Readers.OURS), part))
          .as(part)
          .isNotNull();
    }
  }

  @Test
  void aSliceWithoutAServiceIsOfNoInterest() {
    String json = JsonText.write(ServiceJson.slice("s", "web", "IPv4", "n1:ready"));
    assertThat(Readers.read(new SliceReader("n1"), json).value()).isPresent();
    String orphan = json.replace("kubernetes.io/service-name", "other");
    assertThat(Readers.read(new SliceReader("n1"), orphan).value()).isEmpty();
  }
}
