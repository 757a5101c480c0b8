package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.table.DecisionStep;
import dev.bugle.bgp.rib.table.Eligibility;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.capability.AddPathCapability;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one peer has announced, what of it was accepted, and what it is told. */
@Timeout(60)
class PeerViewsTest {

  private static final Prefix A = Prefix.parse("203.0.113.1/32");
  private static final Prefix B = Prefix.parse("203.0.113.2/32");

  private final Learner learner = new Learner();

  @AfterEach
  void close() {
    learner.close();
  }

  private static List<LearnedRoute> received(Peer peer) {
    try {
      return Deadline.await(peer.received(Learner.IPV4, 10));
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void whatWasReceivedSaysWhyItWasNotAccepted() throws Exception {
    Peer peer =
        learner.speaker.peer(
            Learner.config()
                .importPolicy(
                    RoutePolicy.of(
                        PolicyRule.when(Condition.prefixIn(A.toString()))
                            .change(RouteChange.localPref(300))
                            .accept()))
                .build());
    assertThat(received(peer)).isEmpty();
    try (RawPeer raw = learner.connect()) {
      Learner.announce(raw, A.toString());
      Learner.announce(raw, B.toString());
      Learner.await("both", () -> received(peer).size() == 2);

      assertThat(received(peer))
          .filteredOn(route -> route.destination().equals(B))
          .singleElement()
          .satisfies(
              route -> {
                assertThat(route.known().path().imported().eligibility())
                    .isEqualTo(Eligibility.POLICY);
                assertThat(route.known().reason()).contains("the import policy rejects it");
              });
      List<LearnedRoute> accepted = Deadline.await(peer.accepted(Learner.IPV4, 10));
      assertThat(accepted).singleElement().extracting(LearnedRoute::destination).isEqualTo(A);
      KnownPath path = accepted.get(0).known();
      assertThat(path.isBest()).isTrue();
      assertThat(path.path().attributes().get(LocalPref.class)).contains(new LocalPref(300));
      assertThat(path.path().received().attributes().get(LocalPref.class)).isEmpty();
      assertThat(Deadline.await(peer.received(Learner.IPV4, 1))).hasSize(1);
    }
    Learner.await("the end", () -> received(peer).isEmpty());
  }

  @Test
  void severalPathsAreKnownByTheirIdentifiersAndSayWhatTheyLostIn() throws Exception {
    Peer peer = learner.speaker.peer(Learner.config().addPathReceive(Learner.IPV4).build());
    AddPathCapability sends =
        new AddPathCapability(
            List.of(new AddPathCapability.Family(Learner.IPV4, AddPathCapability.Mode.SEND)));
    try (RawPeer raw = learner.connect(sends)) {
      Learner.announcePath(raw, A.toString(), 1);
      Learner.announcePath(raw, A.toString(), 2);
      Learner.await("both", () -> received(peer).size() == 2);
      assertThat(Deadline.await(peer.accepted(Learner.IPV4, 10)))
          .extracting(LearnedRoute::destination)
          .containsExactlyInAnyOrder(new PathNlri(1, A), new PathNlri(2, A));
      assertThat(received(peer))
          .filteredOn(route -> !route.known().isBest())
          .singleElement()
          .satisfies(
              route -> {
                assertThat(route.known().lostIn()).contains(DecisionStep.PATH_IDENTIFIER);
                assertThat(route.known().reason()).isPresent();
              });
    }
  }

  @Test
  void whatIsToldIsWhatThePeerWasSent() throws Exception {
    learner.speaker.announce(Route.to("198.51.100.0/24").build());
    Peer peer = learner.speaker.peer(Learner.config().build());
    try (RawPeer raw = learner.connect()) {
      Learner.announce(raw, A.toString());
      Learner.await("one", () -> peer.status().prefixesSent() == 1);
      assertThat(Deadline.await(peer.advertised(10)))
          .extracting(AdvertisedRoute::destination)
          .containsExactly(Prefix.parse("198.51.100.0/24"));
    }
  }

  @Test
  void aQuestionWithoutSenseIsRefused() {
    Peer peer = learner.speaker.peer(Learner.config().build());
    assertThatThrownBy(() -> peer.received(Learner.IPV4, -1))
        .hasMessage("a limit of -1 routes is negative");
    try (BgpSpeaker plain = BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build())) {
      Peer other = plain.peer(PeerConfig.builder("127.0.0.2", 65002).passive(true).build());
      assertThatThrownBy(() -> other.accepted(Learner.IPV4, 1))
          .hasMessageContaining("SpeakerConfig.Builder.routingTable");
    }
  }
}
