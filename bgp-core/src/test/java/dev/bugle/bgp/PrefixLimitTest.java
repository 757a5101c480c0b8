package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.PrefixLimit.Exceeded;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.capability.AddPathCapability;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that announces more than it may. */
@Timeout(60)
class PrefixLimitTest {

  private final Learner learner = new Learner();

  @AfterEach
  void close() {
    learner.close();
  }

  private Peer peer(PrefixLimit limit) {
    return learner.speaker.peer(Learner.config().prefixLimit(Learner.IPV4, limit).build());
  }

  private static void announce(RawPeer raw, int from, int to) throws IOException {
    for (int i = from; i <= to; i++) {
      Learner.announce(raw, "203.0.113." + i + "/32");
    }
  }

  @Test
  void moreThanTheLimitIsDiscardedAndWhatIsThereMayChange() throws Exception {
    peer(PrefixLimit.of(3, Exceeded.DISCARD));
    try (RawPeer raw = learner.connect()) {
      announce(raw, 1, 5);
      Learner.announce(raw, "203.0.113.1/32", Community.of(65002, 1));
      Learner.await(
          "a change", () -> learner.hasCommunity("203.0.113.1/32", Community.of(65002, 1)));
      assertThat(learner.has("203.0.113.3/32")).isTrue();
      assertThat(learner.paths("203.0.113.4/32")).isEmpty();
      assertThat(learner.paths("203.0.113.5/32")).isEmpty();
    }
  }

  @Test
  void aWarningChangesNothing() throws Exception {
    peer(PrefixLimit.of(3, Exceeded.WARN));
    try (RawPeer raw = learner.connect()) {
      announce(raw, 1, 5);
      Learner.await("all", () -> learner.has("203.0.113.5/32"));
    }
  }

  @Test
  void aSessionIsTornDownAndBeginsAgainAfterThePause() throws Exception {
    PeerLog log = new PeerLog();
    PrefixLimit limit =
        new PrefixLimit(3, 75, Exceeded.TEARDOWN, Optional.of(Duration.ofSeconds(1)));
    Peer peer =
        learner.speaker.peer(Learner.config().prefixLimit(Learner.IPV4, limit).build(), log);
    try (RawPeer raw = learner.connect()) {
      announce(raw, 1, 4);
      assertThat(raw.lastWords()).contains("Cease/Maximum Number of Prefixes Reached (6/1)");
      log.await("the pause", line -> line.contains("ended for 1 s"));
      Learner.await("nothing", () -> learner.paths("203.0.113.1/32").isEmpty());
    }
    Learner.await("the end of the pause", () -> peer.status().state() != SessionState.IDLE);
    try (RawPeer raw = learner.connect()) {
      announce(raw, 1, 3);
      Learner.await("all", () -> learner.has("203.0.113.3/32"));
    }
  }

  @Test
  void withoutAPauseItWaitsForAReset() throws Exception {
    Peer peer = peer(PrefixLimit.of(1, Exceeded.TEARDOWN));
    try (RawPeer raw = learner.connect()) {
      announce(raw, 1, 2);
      assertThat(raw.lastWords()).contains("(6/1)");
    }
    Learner.awaitDown(peer);
    try (RawPeer early = learner.silent()) {
      assertThat(early.lastWords()).contains("Connection Rejected");
    }
    assertThat(peer.status().cause()).contains("until it is reset");
    peer.reset("the peer has learned");
    Learner.await("readiness", () -> peer.status().state() != SessionState.IDLE);
    try (RawPeer raw = learner.connect()) {
      announce(raw, 1, 1);
      Learner.await("all", () -> learner.has("203.0.113.1/32"));
    }
  }

  @Test
  void severalPathsOfOneDestinationCountEach() throws Exception {
    learner.speaker.peer(
        Learner.config()
            .addPathReceive(Learner.IPV4)
            .prefixLimit(Learner.IPV4, PrefixLimit.of(2, Exceeded.DISCARD))
            .build());
    AddPathCapability sends =
        new AddPathCapability(
            List.of(new AddPathCapability.Family(Learner.IPV4, AddPathCapability.Mode.SEND)));
    try (RawPeer raw = learner.connect(sends)) {
      Learner.announcePath(raw, "203.0.113.1/32", 1);
      Learner.announcePath(raw, "203.0.113.1/32", 2);
      Learner.announcePath(raw, "203.0.113.1/32", 3);
      Learner.announcePath(raw, "203.0.113.1/32", 2);
      Learner.await("two paths", () -> learner.paths("203.0.113.1/32").size() == 2);
      Learner.announcePath(raw, "203.0.113.2/32", 1);
      assertThat(learner.paths("203.0.113.2/32")).isEmpty();
    }
  }

  @Test
  void aLimitWithoutSenseIsRefused() {
    assertThatThrownBy(() -> PrefixLimit.of(0, Exceeded.WARN))
        .hasMessage("prefix limit 0 is less than 1");
    assertThatThrownBy(() -> new PrefixLimit(1, 101, Exceeded.WARN, Optional.empty()))
        .hasMessageContaining("1 to 100 %");
    assertThatThrownBy(
            () -> new PrefixLimit(1, 75, Exceeded.DISCARD, Optional.of(Duration.ofSeconds(1))))
        .hasMessageContaining("not torn down");
    assertThatThrownBy(() -> new PrefixLimit(1, 75, Exceeded.TEARDOWN, Optional.of(Duration.ZERO)))
        .hasMessageContaining("cannot begin again after PT0S");
  }
}
