package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.RouteRetention;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.capability.GracefulRestartCapability;
import dev.bugle.bgp.wire.capability.LongLivedGracefulRestartCapability;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a peer has announced while it is away (RFC 4724 §4.2, RFC 9494 §4.2). */
@Timeout(60)
class RetainedPathsTest {

  private static final String A = "203.0.113.1/32";
  private static final String B = "203.0.113.2/32";

  private final Learner learner = new Learner();

  @AfterEach
  void close() {
    learner.close();
  }

  private static Capability restarts(long seconds, boolean preserved) {
    return new GracefulRestartCapability(
        false,
        false,
        Duration.ofSeconds(seconds),
        List.of(new GracefulRestartCapability.Family(Learner.IPV4, preserved)));
  }

  private static Capability longLived(long seconds, boolean preserved) {
    return new LongLivedGracefulRestartCapability(
        List.of(
            new LongLivedGracefulRestartCapability.Family(
                Learner.IPV4, preserved, Duration.ofSeconds(seconds))));
  }

  private static RouteRetention helper(long restart, long stale, long longLived) {
    return new RouteRetention(
        Duration.ofSeconds(restart),
        Duration.ofSeconds(stale),
        Duration.ofSeconds(longLived),
        false);
  }

  /** A session that has announced A and B, and is lost. */
  private Peer lost(RouteRetention helper, Capability... capabilities) throws IOException {
    Peer peer = learner.speaker.peer(Learner.config().retention(helper).build());
    try (RawPeer raw = learner.connect(capabilities)) {
      Learner.announce(raw, A);
      Learner.announce(raw, B, Community.NO_LLGR);
      Learner.await("both", () -> learner.has(A) && learner.has(B));
    }
    Learner.awaitDown(peer);
    return peer;
  }

  @Test
  void whatIsNotAnnouncedAgainGoesWithEndOfRib() throws Exception {
    lost(helper(60, 60, 0), restarts(60, true));
    assertThat(learner.has(A)).isTrue();
    assertThat(learner.has(B)).isTrue();
    try (RawPeer back = learner.connect(restarts(60, true))) {
      Learner.announce(back, A);
      Learner.endOfRib(back);
      Learner.await("B to go", () -> !learner.has(B));
      assertThat(learner.paths(A)).hasSize(1);
      assertThat(learner.has(A)).isTrue();
    }
  }

  @Test
  void whatWasForwardedToNobodyGoesWhenThePeerIsBack() throws Exception {
    lost(helper(60, 60, 0), restarts(60, true));
    try (RawPeer back = learner.connect(restarts(60, false))) {
      Learner.await("both to go", () -> !learner.has(A) && !learner.has(B));
    }
  }

  @Test
  void aPeerThatIsNotBackInTimeLosesThem() throws Exception {
    lost(helper(60, 60, 0), restarts(1, true));
    Learner.await("both to go", () -> !learner.has(A) && !learner.has(B));
  }

  @Test
  void theTimeThatWeGrantIsTheLongest() throws Exception {
    lost(helper(1, 60, 0), restarts(4000, true));
    Learner.await("both to go", () -> !learner.has(A) && !learner.has(B));
  }

  @Test
  void aPeerThatIsBackAndDoesNotComeToAnEndLosesWhatIsStale() throws Exception {
    lost(helper(60, 1, 0), restarts(60, true));
    try (RawPeer back = learner.connect(restarts(60, true))) {
      Learner.announce(back, A);
      Learner.await("B to go", () -> !learner.has(B));
      Learner.await("A", () -> learner.has(A)); // also where it was announced after that
    }
  }

  @Test
  void whatIsStaleAlreadyGoesWhenTheSessionIsLostAgain() throws Exception {
    Peer peer = lost(helper(60, 60, 0), restarts(60, true));
    try (RawPeer back = learner.connect(restarts(60, true))) {
      Learner.announce(back, A, Community.of(65002, 7));
      Learner.await("A anew", () -> learner.hasCommunity(A, Community.of(65002, 7)));
    }
    Learner.awaitDown(peer);
    Learner.await("B to go", () -> !learner.has(B));
    assertThat(learner.has(A)).isTrue();
  }

  @Test
  void withoutBeingAskedNothingIsKept() throws Exception {
    lost(helper(60, 60, 0));
    Learner.await("both to go", () -> !learner.has(A) && !learner.has(B));
  }

  @Test
  void nothingIsKeptOfAPeerThatIsRemoved() throws Exception {
    Peer peer = lost(helper(60, 60, 0), restarts(60, true));
    peer.close();
    Learner.await("both to go", () -> !learner.has(A) && !learner.has(B));
  }

  @Test
  void aChangedImportPolicyHoldsForWhatIsKept() throws Exception {
    Peer peer = lost(helper(60, 60, 0), restarts(60, true));
    Deadline.await(
        peer.reconfigure(
            peer.config().toBuilder()
                .importPolicy(RoutePolicy.of(PolicyRule.when(Condition.prefixIn(A)).accept()))
                .build()));
    Learner.await("B to be rejected", () -> !learner.has(B));
    assertThat(learner.has(A)).isTrue();
  }

  @Test
  void afterTheRestartTimeTheyAreTheLastResortButForThoseWhoDoNotWantThat() throws Exception {
    lost(helper(60, 60, 600), restarts(0, true), longLived(600, true));
    Learner.await("A to be marked", () -> learner.hasCommunity(A, Community.LLGR_STALE));
    Learner.await("B to go", () -> !learner.has(B));
    assertThat(learner.has(A)).isTrue();
    assertThat(learner.paths(B).get(0).reason())
        .hasValueSatisfying(why -> assertThat(why).contains("NO_LLGR"));
    try (RawPeer back = learner.connect(restarts(60, true), longLived(600, true))) {
      Learner.announce(back, A);
      Learner.await("A to be fresh", () -> !learner.hasCommunity(A, Community.LLGR_STALE));
      Learner.endOfRib(back);
      Learner.await("B to be forgotten", () -> learner.paths(B).isEmpty());
      assertThat(learner.has(A)).isTrue();
    }
  }

  @Test
  void theLastResortEndsToo() throws Exception {
    lost(helper(60, 60, 1), restarts(0, true), longLived(600, true));
    Learner.await("both to be forgotten", () -> learner.paths(A).isEmpty());
    Learner.await("both to be forgotten", () -> learner.paths(B).isEmpty());
  }

  @Test
  void theLastResortGoesWhenThePeerIsBackAndForwardedNothing() throws Exception {
    lost(helper(60, 60, 600), restarts(0, true), longLived(600, true));
    Learner.await("A to be marked", () -> learner.hasCommunity(A, Community.LLGR_STALE));
    try (RawPeer back = learner.connect(restarts(60, true), longLived(600, false))) {
      Learner.await("both to go", () -> !learner.has(A) && learner.paths(B).isEmpty());
    }
  }
}
