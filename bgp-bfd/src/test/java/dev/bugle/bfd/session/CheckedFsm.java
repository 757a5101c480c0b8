package dev.bugle.bfd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.session.Action.AdjustDetectionTimer;
import dev.bugle.bfd.session.Action.Dropped;
import dev.bugle.bfd.session.Action.StartDetectionTimer;
import dev.bugle.bfd.session.Action.StartTransmitTimer;
import dev.bugle.bfd.session.Action.StateChanged;
import dev.bugle.bfd.session.Action.StopTransmitTimer;
import dev.bugle.bfd.session.Action.Transmit;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.ControlPacketCodec;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A machine of which everything that must always hold is checked after every event. */
final class CheckedFsm {

  private final SessionFsm fsm;
  private final SessionConfig config;
  private final List<Object> story = new ArrayList<>();
  private final Set<ControlPacket> seen = new HashSet<>();
  private Optional<ControlPacket> accepted = Optional.empty();
  private boolean enabled;
  private boolean transmitTimer;
  private boolean detectionTimer;
  private boolean anyDemand;
  private boolean polling;

  CheckedFsm(SessionConfig config) {
    this.config = config;
    this.fsm = new SessionFsm(config);
    this.anyDemand = config.timing().demand();
  }

  State state() {
    return fsm.state();
  }

  SessionFsm fsm() {
    return fsm;
  }

  List<Action> handle(Event event) {
    State before = fsm.state();
    List<Action> actions = fsm.handle(event);
    if (story.size() > 120) {
      story.subList(0, 60).clear();
    }
    story.add(before);
    story.add(event);
    story.add(actions);
    note(event, actions);
    try {
      check(event, before, actions);
    } catch (AssertionError broken) {
      throw new AssertionError(
          story.stream().map(Object::toString).collect(Collectors.joining("\n")), broken);
    }
    return actions;
  }

  private void note(Event event, List<Action> actions) {
    enabled |= event instanceof Event.Enable;
    if (event instanceof Event.TimingChanged changed) {
      anyDemand |= changed.timing().demand();
    }
    if (event instanceof Event.TransmitTimerExpired) {
      transmitTimer = false;
    } else if (event instanceof Event.DetectionTimerExpired) {
      detectionTimer = false;
    }
    if (event instanceof Event.PacketReceived received && isAccepted(actions)) {
      accepted = Optional.of(received.packet());
      polling &= !received.packet().flags().isFinal();
    }
    polling &= fsm.state() == State.UP;
    for (Action action : actions) {
      if (action instanceof StartTransmitTimer) {
        transmitTimer = true;
      } else if (action instanceof StopTransmitTimer) {
        assertThat(transmitTimer).as("a timer that runs is stopped").isTrue();
        transmitTimer = false;
      } else if (action instanceof StartDetectionTimer || action instanceof AdjustDetectionTimer) {
        detectionTimer = true;
      } else if (action instanceof Transmit t && !t.packet().flags().isFinal()) {
        polling = t.packet().flags().poll();
      }
    }
  }

  private static boolean isAccepted(List<Action> actions) {
    return actions.stream()
        .noneMatch(a -> a instanceof Dropped d && d.reason() != DropReason.ADMIN_DOWN);
  }

  private void check(Event event, State before, List<Action> actions) {
    if (!isAccepted(actions)) {
      assertThat(actions).as("a discarded packet changes nothing").hasSize(1);
    }
    checkStates(event, before, actions);
    long answers = 0;
    for (Action action : actions) {
      if (action instanceof Transmit transmit) {
        checkPacket(transmit.packet());
        answers += transmit.packet().flags().isFinal() ? 1 : 0;
      }
    }
    boolean mustAnswer =
        event instanceof Event.PacketReceived received
            && isAccepted(actions)
            && received.packet().flags().poll()
            && before != State.ADMIN_DOWN;
    assertThat(answers).as("answers to polls").isEqualTo(mustAnswer ? 1 : 0);
    checkTimers();
  }

  private void checkPacket(ControlPacket packet) {
    assertThat(enabled).as("nothing is sent before it is enabled").isTrue();
    assertThat(packet.flags().poll() && packet.flags().isFinal()).as("Poll and Final").isFalse();
    assertThat(packet.state()).isEqualTo(fsm.state());
    assertThat(packet.diagnostic()).isEqualTo(fsm.diagnostic());
    assertThat(packet.myDiscriminator()).isEqualTo(config.localDiscriminator());
    assertThat(packet.yourDiscriminator())
        .isIn(0, accepted.map(ControlPacket::myDiscriminator).orElse(0))
        .isEqualTo(fsm.remoteDiscriminator());
    if (packet.state() != State.UP) {
      assertThat(packet.intervals().desiredMinTxMicros()).isGreaterThanOrEqualTo(1_000_000);
      assertThat(packet.flags().poll()).as("polls are for UP").isFalse();
    }
    if (packet.flags().demand()) {
      assertThat(packet.state()).isEqualTo(State.UP);
      assertThat(accepted.orElseThrow().state()).isEqualTo(State.UP);
    }
    if (config.role() == SessionConfig.Role.PASSIVE) {
      assertThat(packet.yourDiscriminator()).as("a passive side waits").isNotZero();
    }
    if (seen.size() < 1000 && seen.add(packet)) {
      ByteBuf bytes = Unpooled.buffer();
      ControlPacketCodec.encode(packet, bytes);
      assertThat(ControlPacketCodec.fault(bytes)).isEmpty();
      assertThat(ControlPacketCodec.decode(bytes)).isEqualTo(packet);
    }
  }

  private void checkStates(Event event, State before, List<Action> actions) {
    State expected = before;
    if (event instanceof Event.PacketReceived received && isAccepted(actions)) {
      expected = StateTableTest.next(before, received.packet().state());
    } else if (event instanceof Event.Enable && before == State.ADMIN_DOWN) {
      expected = State.DOWN;
    } else if (event instanceof Event.Disable) {
      expected = State.ADMIN_DOWN;
    } else if (event instanceof Event.PathFailed && before != State.ADMIN_DOWN) {
      expected = State.DOWN;
    } else if (event instanceof Event.DetectionTimerExpired
        && before != State.ADMIN_DOWN
        && fsm.remoteDiscriminator() == 0) {
      expected = State.DOWN;
    }
    assertThat(fsm.state()).isEqualTo(expected);
    List<StateChanged> changes =
        actions.stream()
            .filter(StateChanged.class::isInstance)
            .map(StateChanged.class::cast)
            .toList();
    if (before == expected) {
      assertThat(changes).isEmpty();
    } else {
      assertThat(changes)
          .containsExactly(new StateChanged(before, expected, fsm.diagnostic(), remoteState()));
    }
  }

  /** What the other side was last heard to say; DOWN from its silence on. */
  private State remoteState() {
    boolean silent = fsm.remoteDiscriminator() == 0;
    return silent ? State.DOWN : accepted.map(ControlPacket::state).orElse(State.DOWN);
  }

  private void checkTimers() {
    boolean known = fsm.remoteDiscriminator() != 0;
    if (known && !anyDemand) {
      assertThat(detectionTimer).as("a known peer is timed").isTrue();
      assertThat(fsm.detectionTime()).isPresent();
    }
    if (fsm.detectionTime().isPresent()) {
      assertThat(detectionTimer).as("what is awaited is timed").isTrue();
    }
    if (fsm.state() == State.UP) {
      assertThat(known).as("UP with somebody").isTrue();
    }
    boolean wantsPackets = accepted.map(p -> p.intervals().requiredMinRxMicros()).orElse(1L) > 0;
    boolean silenced =
        fsm.state() == State.UP
            && accepted.filter(p -> p.state() == State.UP && p.flags().demand()).isPresent()
            && !polling;
    boolean may = enabled && (config.role() == SessionConfig.Role.ACTIVE || known);
    if (!silenced) {
      assertThat(transmitTimer).as("periodic packets").isEqualTo(may && wantsPackets);
    }
    assertThat(fsm.transmitInterval().isPresent()).isEqualTo(transmitTimer);
  }
}
