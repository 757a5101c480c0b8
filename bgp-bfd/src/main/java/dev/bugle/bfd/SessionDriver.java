package dev.bugle.bfd;

import dev.bugle.bfd.linux.NativeMemory;
import dev.bugle.bfd.session.Action;
import dev.bugle.bfd.session.Action.AdjustDetectionTimer;
import dev.bugle.bfd.session.Action.Dropped;
import dev.bugle.bfd.session.Action.StartDetectionTimer;
import dev.bugle.bfd.session.Action.StartTransmitTimer;
import dev.bugle.bfd.session.Action.StateChanged;
import dev.bugle.bfd.session.Action.StopTransmitTimer;
import dev.bugle.bfd.session.Action.Transmit;
import dev.bugle.bfd.session.Event;
import dev.bugle.bfd.session.SessionConfig;
import dev.bugle.bfd.session.SessionFsm;
import dev.bugle.bfd.session.Timing;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.ControlPacketCodec;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.DropReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The driver of one {@link SessionFsm}: feeds it events and carries its actions out, with the
 * timers and the socket of the session. Everything runs on the speaker's thread. What comes again
 * and again while a session is UP is answered from {@link SteadyState}.
 */
final class SessionDriver {

  private static final int MAX_PACKET = 64;
  private static final int MY_DISCRIMINATOR = 4;

  /** How often the last packet is sent: the other side is not to take a lost one for a failure. */
  private static final int LAST_COPIES = 3;

  private final Path path;
  private final int discriminator;
  private final SessionFsm fsm;
  private final BfdThread thread;
  private final Reporter reporter;
  private final SteadyState steady = new SteadyState();
  private final SplittableRandom random = new SplittableRandom();
  private final NativeMemory frame;
  private final ByteBuf frameBytes;
  private int frameLength;

  private final Alarm transmitAlarm = new TransmitAlarm();
  private long lastPeriodic;

  private final DetectionAlarm detectionAlarm = new DetectionAlarm();
  private long detectionBegan;
  private boolean ended;

  private BfdProfile profile = BfdProfile.of(Duration.ofSeconds(1), 3);
  private Optional<EchoDriver> echo = Optional.empty();

  /** Of a session on this path whose machine is configured so. */
  SessionDriver(Path path, SessionConfig config, BfdThread thread, Reporter reporter) {
    this.path = path;
    this.discriminator = config.localDiscriminator();
    this.fsm = new SessionFsm(config);
    this.thread = thread;
    this.reporter = reporter;
    this.frame = path.memory(MAX_PACKET);
    this.frameBytes = Unpooled.wrappedBuffer(frame.bytes());
    this.lastPeriodic = System.nanoTime() - Duration.ofHours(1).toNanos();
  }

  /** Before it is started: how it runs, and its echo function if it has one. */
  void run(BfdProfile runs, Optional<EchoDriver> echoes) {
    profile = runs;
    echo = echoes;
    echoes.ifPresent(
        one -> one.whenFailed(() -> handle(new Event.PathFailed(Diagnostic.ECHO_FUNCTION_FAILED))));
  }

  /** Lets another profile hold. */
  void apply(BfdProfile runs) {
    profile = runs;
    handle(new Event.TimingChanged(timing()));
  }

  /** While echo packets find failures, control packets need not be fast (RFC 5880 §6.8.3). */
  private Timing timing() {
    return echo.filter(EchoDriver::isActive).isPresent()
        ? profile.timing().withSlowReceive()
        : profile.timing();
  }

  Path path() {
    return path;
  }

  /** Takes an event that is not a packet and not a timer. */
  void handle(Event event) {
    if (ended) {
      return; // asked for after the end: the socket is closed, and its number may be another's
    }
    steady.forget();
    carryOut(fsm.handle(event));
    changed();
  }

  private void changed() {
    reporter.changed(fsm);
    if (echo.isPresent()) {
      Timing before = timing();
      echo.get().update(fsm, profile);
      if (!timing().equals(before)) {
        handle(new Event.TimingChanged(timing()));
      }
    }
  }

  /** A datagram that is addressed to this session, and has no fault that needs no session. */
  void received(ByteBuf datagram) {
    if (steady.covers(datagram)) {
      reporter.received();
      startDetection(steady.detectionNanos());
      return;
    }
    if (echo.filter(EchoDriver::holdsDown).isPresent()) {
      dropped(DropReason.HELD_DOWN);
      return;
    }
    ControlPacket packet = ControlPacketCodec.decode(datagram.duplicate());
    List<Action> actions = fsm.handle(new Event.PacketReceived(packet));
    boolean accepted = !(!actions.isEmpty() && actions.get(0) instanceof Dropped);
    if (accepted) {
      reporter.received();
    }
    carryOut(actions);
    steady.received(datagram, packet, actions);
    if (accepted) {
      changed();
    }
  }

  /** A packet of ours has come back from a neighbour (RFC 9747). */
  void returned(ByteBuf datagram) {
    DropReason fault = ControlPacketCodec.faultOf(datagram);
    if (fault != null) {
      dropped(fault);
    } else if (datagram.getInt(datagram.readerIndex() + MY_DISCRIMINATOR) != discriminator) {
      dropped(DropReason.WRONG_SOURCE);
    } else {
      received(datagram);
    }
  }

  /** Everything that had arrived was read: whether the other side was silent for too long. */
  void judge() {
    if (detectionAlarm.isSet()) {
      return; // something of it was read
    }
    if (detectionAlarm.goal - thread.now() > 0) {
      thread.detectionAlarms().set(detectionAlarm, detectionAlarm.goal);
    } else {
      handle(new Event.DetectionTimerExpired());
    }
  }

  void dropped(DropReason reason) {
    reporter.dropped(reason);
  }

  /** Tells the other side that this is no failure, and then nothing more. */
  void end() {
    handle(new Event.Disable());
    for (int copy = 1; copy < LAST_COPIES && frameLength > 0; copy++) {
      send(true);
    }
    thread.transmitAlarms().clear(transmitAlarm);
    thread.detectionAlarms().clear(detectionAlarm);
    ended = true;
    echo.ifPresent(EchoDriver::close);
    path.close();
  }

  private void carryOut(List<Action> actions) {
    for (int i = 0; i < actions.size(); i++) {
      carryOut(actions.get(i));
    }
  }

  private void carryOut(Action action) {
    if (action instanceof Transmit transmit) {
      frameBytes.clear();
      ControlPacketCodec.encode(transmit.packet(), frameBytes);
      frameLength = frameBytes.readableBytes();
      send(!transmit.packet().flags().isFinal());
    } else if (action instanceof StartTransmitTimer start) {
      startTransmitTimer(start.interval().toNanos(), start.percentAtMost());
    } else if (action instanceof StopTransmitTimer) {
      thread.transmitAlarms().clear(transmitAlarm);
    } else if (action instanceof StartDetectionTimer start) {
      startDetection(start.detectionTime().toNanos());
    } else if (action instanceof AdjustDetectionTimer adjust) {
      detectAt(detectionBegan + adjust.detectionTime().toNanos());
    } else if (action instanceof Dropped dropped) {
      reporter.dropped(dropped.reason());
    } else if (action instanceof StateChanged changed) {
      reporter.stateChanged(fsm, changed);
    }
  }

  private void send(boolean isPeriodic) {
    reporter.sent(path.send(frame, frameLength), path);
    if (isPeriodic) {
      lastPeriodic = System.nanoTime();
    }
  }

  /** RFC 5880 §6.8.7. */
  private void startTransmitTimer(long intervalNanos, int percentAtMost) {
    long least = intervalNanos / 100 * 75;
    long most = intervalNanos / 100 * percentAtMost;
    thread
        .transmitAlarms()
        .set(transmitAlarm, lastPeriodic + least + random.nextLong(most - least + 1));
  }

  private void startDetection(long nanos) {
    detectionBegan = thread.now();
    detectAt(detectionBegan + nanos);
  }

  /** A later time only moves the goal: most alarms are put off before they ring. */
  private void detectAt(long due) {
    detectionAlarm.goal = due;
    if (!detectionAlarm.isSet() || detectionAlarm.due - due > 0) {
      thread.detectionAlarms().set(detectionAlarm, due);
    }
  }

  private final class TransmitAlarm extends Alarm {
    @Override
    void ring() {
      if (steady.coversTransmission()) {
        send(true);
        startTransmitTimer(steady.intervalNanos(), steady.percentAtMost());
        return;
      }
      List<Action> actions = fsm.handle(new Event.TransmitTimerExpired());
      carryOut(actions);
      steady.timerExpired(actions);
      changed();
    }
  }

  private final class DetectionAlarm extends Alarm {
    long goal;

    @Override
    void ring() {
      if (goal - thread.now() > 0) {
        thread.detectionAlarms().set(this, goal);
      } else {
        thread.suspect(SessionDriver.this);
      }
    }
  }
}
