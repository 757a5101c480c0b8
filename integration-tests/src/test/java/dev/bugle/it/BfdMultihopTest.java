package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.State;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions over several hops (RFC 5883): on one wire, and with a router in between. */
class BfdMultihopTest extends BfdContract {

  private FarMachine far;

  @BeforeAll
  void makeFarMachine() {
    far = FarMachine.behind(machine());
  }

  @AfterAll
  void removeFarMachine() {
    if (far != null) {
      far.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void sessionOverOneWireIsUp(BfdKind kind) {
    Wire wire = machine().wire();
    BfdPath path = BfdPath.multihop(wire.hostV4(), wire.routerV4());
    startBugle(BugleBfd.start(path, STEADY.profile().build()));
    startRouter(kind, BfdPeering.active(path, STEADY));
    awaitUp(STEADY, STEADY);
    assertNeverDown();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void ipv6SessionOverOneWireIsUp(BfdKind kind) {
    Wire wire = machine().wire();
    BfdPath path = BfdPath.multihop(wire.hostV6(), wire.routerV6());
    startBugle(BugleBfd.start(path, STEADY.profile().build()));
    startRouter(kind, BfdPeering.active(path, STEADY));
    awaitUp(STEADY, STEADY);
    assertNeverDown();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void sessionThroughARouterIsUpAndFailsWithIt(BfdKind kind) {
    startBehindRouter(kind, kind.multihopTtl() - 1);
    awaitUp(TIMING, TIMING);

    far.forward(false);
    try {
      assertThat(awaitLeftUp().isSilence()).isTrue();
      awaitRouter(BfdSeen.State.DOWN);
    } finally {
      far.forward(true);
    }
    awaitUpAgain();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void packetsThatHavePassedTooManyRoutersAreRefused(BfdKind kind) {
    startBehindRouter(kind, kind.multihopTtl());
    Eventually.see(
        "Bugle has refused three packets for their TTL",
        Deadlines.ROUTE,
        () -> bugle().status().counters(),
        ignored -> bugle().dropped(DropReason.LOW_TTL) >= 3);
    assertThat(bugle().status().counters().received()).isZero();
    assertThat(bugle().changes()).noneMatch(change -> change.to() == State.UP);
    assertThat(router().timesUp()).isZero();
  }

  private void startBehindRouter(BfdKind kind, int minimumTtl) {
    BfdPath path = BfdPath.multihop(machine().wire().hostV4(), far.wire().routerV4());
    startBugle(
        BugleBfd.start(path, TIMING.profile().build(), config -> config.minimumTtl(minimumTtl)));
    startRouter(kind.in(far), BfdPeering.active(path, TIMING));
  }
}
