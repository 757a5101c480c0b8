package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.session.GracefulRestart;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.capability.GracefulRestartCapability;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a speaker that comes back from a restart waits for (RFC 4724 §4.1). */
@Timeout(60)
class SelectionDeferralTest {

  private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
  private static final AddressFamily IPV6 = AddressFamily.IPV6_UNICAST;

  private final SelectionDeferral deferral = new SelectionDeferral(true);
  private final List<AddressFamily> begun = new ArrayList<>();

  private static Negotiated agreed(List<AddressFamily> families, Capability... capabilities) {
    return new Negotiated(
        new OpenMessage(65002, 90, Ipv4Address.parse("192.0.2.2"), List.of(capabilities)),
        Duration.ofSeconds(90),
        families,
        Set.of(),
        CodecContext.INITIAL);
  }

  private static Capability restarts(boolean restartState) {
    return new GracefulRestartCapability(restartState, false, Duration.ofSeconds(60), List.of());
  }

  private void follow() {
    deferral.whenBegun(IPV4, () -> begun.add(IPV4));
    deferral.whenBegun(IPV6, () -> begun.add(IPV6));
  }

  @Test
  void eachFamilyBeginsWithTheEndOfRibOfTheLastPeer() {
    follow();
    deferral.expect("one", List.of(IPV4, IPV6));
    deferral.expect("two", List.of(IPV4, IPV6));
    deferral.agreed("one", agreed(List.of(IPV4, IPV6), restarts(false)));
    deferral.agreed("two", agreed(List.of(IPV4, IPV6), restarts(false)));
    deferral.endOfRib("one", IPV4);
    deferral.endOfRib("two", IPV6);
    assertThat(begun).isEmpty();
    deferral.endOfRib("two", IPV4);
    assertThat(begun).containsExactly(IPV4);
    assertThat(deferral.hasBegun(IPV6)).isFalse();
    deferral.endOfRib("one", IPV6);
    assertThat(begun).containsExactly(IPV4, IPV6);
  }

  @Test
  void whoRestartsItselfOrDoesNotSayWhenItIsDoneIsNotWaitedFor() {
    deferral.expect("restarting", List.of(IPV4));
    deferral.expect("plain", List.of(IPV4));
    deferral.agreed("restarting", agreed(List.of(IPV4), restarts(true)));
    assertThat(deferral.hasBegun(IPV4)).isFalse();
    deferral.agreed("plain", agreed(List.of(IPV4)));
    assertThat(deferral.hasBegun(IPV4)).isTrue();
  }

  @Test
  void whatIsNotNegotiatedIsNotWaitedFor() {
    deferral.expect("one", List.of(IPV4, IPV6));
    deferral.agreed("one", agreed(List.of(IPV4), restarts(false)));
    assertThat(deferral.hasBegun(IPV6)).isTrue();
    assertThat(deferral.hasBegun(IPV4)).isFalse();
  }

  @Test
  void aPeerThatIsRemovedIsNotWaitedFor() {
    follow();
    deferral.expect("one", List.of(IPV4));
    deferral.expect("two", List.of());
    deferral.agreed("two", agreed(List.of(IPV4)));
    assertThat(begun).doesNotContain(IPV4);
    deferral.forget("one");
    assertThat(begun).contains(IPV4);
  }

  @Test
  void beforeASessionStandsNobodyKnowsWhichPeersThereAre() {
    deferral.expect("plain", List.of());
    follow();
    assertThat(begun).isEmpty();
    deferral.expect("another", List.of(IPV4));
    deferral.agreed("plain", agreed(List.of(IPV4)));
    assertThat(begun).containsExactly(IPV6);
    deferral.agreed("another", agreed(List.of(IPV4)));
    assertThat(begun).containsExactly(IPV6, IPV4);
  }

  @Test
  void theTimerEndsAllOfIt() {
    follow();
    deferral.expect("away", List.of(IPV4, IPV6));
    deferral.expire();
    assertThat(begun).containsExactly(IPV4, IPV6);
    deferral.expect("late", List.of(IPV4));
    assertThat(deferral.hasBegun(IPV4)).isTrue();
  }

  @Test
  void aSpeakerThatDoesNotRestartWaitsForNobody() {
    SelectionDeferral none = new SelectionDeferral(false);
    none.expect("one", List.of(IPV4));
    assertThat(none.hasBegun(IPV4)).isTrue();
  }

  private static Learner restarting(Duration time) {
    Learner learner =
        new Learner(
            config ->
                config
                    .restarting(true)
                    .routingTable(RoutingTableConfig.STANDARD.withSelectionDeferralTime(time)));
    learner.speaker.announce(Route.to("198.51.100.0/24").build());
    learner.speaker.peer(
        Learner.config()
            .gracefulRestart(new GracefulRestart(Duration.ofSeconds(60), false))
            .build());
    return learner;
  }

  private static UpdateMessage nextUpdate(RawPeer raw) throws IOException {
    raw.readWith(Learner.context());
    while (true) {
      Optional<Message> next = raw.next();
      if (next.orElseThrow() instanceof UpdateMessage update) {
        return update;
      }
    }
  }

  @Test
  void nothingIsToldBeforeThePeerHasAnnouncedEverythingAgain() throws Exception {
    try (Learner learner = restarting(Duration.ofMinutes(5));
        RawPeer raw = learner.connect(restarts(false))) {
      Learner.announce(raw, "203.0.113.1/32");
      Learner.await("the path", () -> !learner.paths("203.0.113.1/32").isEmpty());
      Peer peer = learner.speaker.peers().get(0);
      assertThat(peer.status().prefixesSent()).isZero();
      assertThat(Deadline.await(peer.advertised(10))).isEmpty();

      Learner.endOfRib(raw);
      assertThat(nextUpdate(raw).announced()).containsKey(IPV4);
      assertThat(nextUpdate(raw).endOfRib()).contains(IPV4);
    }
  }

  @Test
  void aPeerThatDoesNotComeToAnEndIsToldWhenTheTimerHasRunOut() throws Exception {
    try (Learner learner = restarting(Duration.ofMillis(500));
        RawPeer raw = learner.connect(restarts(false))) {
      assertThat(nextUpdate(raw).announced()).containsKey(IPV4);
      assertThat(nextUpdate(raw).endOfRib()).contains(IPV4);
    }
  }
}
