package dev.bugle.bfd.session;

import dev.bugle.bfd.session.Action.AdjustDetectionTimer;
import dev.bugle.bfd.session.Action.Dropped;
import dev.bugle.bfd.session.Action.StartDetectionTimer;
import dev.bugle.bfd.session.Action.StartTransmitTimer;
import dev.bugle.bfd.session.Action.StateChanged;
import dev.bugle.bfd.session.Action.StopTransmitTimer;
import dev.bugle.bfd.session.Action.Transmit;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A machine with a driver that lives in simulated time. */
final class SimulatedSession {

  record Sent(long at, ControlPacket packet) {}

  record Changed(long at, StateChanged change) {}

  final List<Sent> sent = new ArrayList<>();
  final List<Changed> changes = new ArrayList<>();
  final List<DropReason> dropped = new ArrayList<>();
  long lastAcceptedAt;

  private final SimulatedClock clock;
  private final Random random;
  private final CheckedFsm fsm;
  private Consumer<ControlPacket> wire = packet -> {};
  private long lastPeriodicAt = Long.MIN_VALUE / 2;
  private long transmitTimer;
  private long detectionTimer;
  private long detectionBegan;
  private boolean isOff;

  SimulatedSession(SimulatedClock clock, SessionConfig config, long seed) {
    this.clock = clock;
    this.random = new Random(seed);
    this.fsm = new CheckedFsm(config);
  }

  void connect(Consumer<ControlPacket> newWire) {
    wire = newWire;
  }

  /** The process is gone. */
  void turnOff() {
    isOff = true;
  }

  State state() {
    return fsm.state();
  }

  SessionFsm fsm() {
    return fsm.fsm();
  }

  int packetsWithPoll() {
    return (int) sent.stream().filter(s -> s.packet().flags().poll()).count();
  }

  long downs() {
    return changes.stream().filter(c -> c.change().from() == State.UP).count();
  }

  void handle(Event event) {
    if (isOff) {
      return;
    }
    int drops = dropped.size();
    fsm.handle(event).forEach(this::carryOut);
    if (event instanceof Event.PacketReceived && dropped.size() == drops) {
      lastAcceptedAt = clock.now();
    }
  }

  private void carryOut(Action action) {
    if (action instanceof Transmit transmit) {
      sent.add(new Sent(clock.now(), transmit.packet()));
      if (!transmit.packet().flags().isFinal()) {
        lastPeriodicAt = clock.now();
      }
      wire.accept(transmit.packet());
    } else if (action instanceof StartTransmitTimer start) {
      double percent = 75 + random.nextDouble() * (start.percentAtMost() - 75);
      long turn = ++transmitTimer;
      clock.at(
          lastPeriodicAt + (long) (start.interval().toNanos() * percent / 100),
          () -> {
            if (turn == transmitTimer) {
              handle(new Event.TransmitTimerExpired());
            }
          });
    } else if (action instanceof StopTransmitTimer) {
      transmitTimer++;
    } else if (action instanceof StartDetectionTimer start) {
      detectionBegan = clock.now();
      detectAfter(start.detectionTime().toNanos());
    } else if (action instanceof AdjustDetectionTimer adjust) {
      detectAfter(adjust.detectionTime().toNanos());
    } else if (action instanceof StateChanged change) {
      changes.add(new Changed(clock.now(), change));
    } else if (action instanceof Dropped drop) {
      dropped.add(drop.reason());
    }
  }

  private void detectAfter(long nanos) {
    long turn = ++detectionTimer;
    clock.at(
        detectionBegan + nanos,
        () -> {
          if (turn == detectionTimer) {
            handle(new Event.DetectionTimerExpired());
          }
        });
  }
}
