package dev.bugle.bfd.session;

import dev.bugle.bfd.session.Action.Dropped;
import dev.bugle.bfd.session.Action.StartDetectionTimer;
import dev.bugle.bfd.session.Action.StartTransmitTimer;
import dev.bugle.bfd.session.Action.StateChanged;
import dev.bugle.bfd.session.Action.StopDetectionTimer;
import dev.bugle.bfd.session.Action.StopTransmitTimer;
import dev.bugle.bfd.session.Action.Transmit;
import dev.bugle.bfd.wire.AuthenticationSection;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.ControlPacket.Flags;
import dev.bugle.bfd.wire.ControlPacket.Intervals;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state machine of one session (RFC 5880 §6.8). Pure: {@link #handle} takes an event and
 * returns what to do; it never throws. See the package description.
 */
public final class SessionFsm {

  /** Not faster than this while the session is not UP (RFC 5880 §6.8.3). */
  private static final long SLOW_MICROS = 1_000_000;

  private final SessionConfig config;
  private final List<Action> actions = new ArrayList<>();
  private final Peering remote = new Peering();
  private final SequenceWindow window = new SequenceWindow();
  private final PollSequence poll;
  private Timing timing;
  private Optional<Keys> keys;
  private State state = State.ADMIN_DOWN;
  private Diagnostic diagnostic = Diagnostic.NONE;
  private int sequenceNumber;
  private Optional<ControlPacket> lastSent = Optional.empty();
  private Optional<Duration> transmitInterval = Optional.empty();
  private Optional<Duration> detectionTime = Optional.empty();

  /** A machine in the state ADMIN_DOWN, which {@link Event.Enable} brings to life. */
  public SessionFsm(SessionConfig config) {
    this.config = config;
    this.timing = config.timing();
    this.keys = config.keys();
    this.sequenceNumber = config.firstSequenceNumber();
    this.poll = new PollSequence(toldMinTx(), timing.requiredMinRxMicros());
  }

  /** The session's state. */
  public State state() {
    return state;
  }

  /** Why it last left UP. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }

  /** The other side's discriminator; zero while it is not known. */
  public int remoteDiscriminator() {
    return remote.discriminator();
  }

  /** How long the other side may be silent; empty while nothing is awaited from it. */
  public Optional<Duration> detectionTime() {
    return detectionTime;
  }

  /** The interval at which packets are sent, without jitter; empty while none are. */
  public Optional<Duration> transmitInterval() {
    return transmitInterval;
  }

  /** Takes an event and returns what to do about it, in order. */
  public List<Action> handle(Event event) {
    if (event instanceof Event.PacketReceived received) {
      packetReceived(received.packet());
    } else if (event instanceof Event.TransmitTimerExpired) {
      transmitTimerExpired();
    } else if (event instanceof Event.DetectionTimerExpired) {
      detectionTimerExpired();
    } else if (event instanceof Event.Enable) {
      enable();
    } else if (event instanceof Event.Disable) {
      disable();
    } else if (event instanceof Event.TimingChanged changed) {
      timingChanged(changed.timing());
    } else if (event instanceof Event.KeysChanged changed) {
      keys = changed.keys();
    } else if (event instanceof Event.PathFailed failed) {
      pathFailed(failed.diagnostic());
    } else if (event instanceof Event.PollRequested) {
      pollRequested();
    }
    List<Action> result = List.copyOf(actions);
    actions.clear();
    return result;
  }

  private void enable() {
    if (state == State.ADMIN_DOWN) {
      change(State.DOWN, Diagnostic.NONE);
      updateTransmission();
    }
  }

  private void disable() {
    if (state != State.ADMIN_DOWN) {
      change(State.ADMIN_DOWN, Diagnostic.ADMINISTRATIVELY_DOWN);
      updateDetection();
      updateTransmission();
    }
  }

  private void pathFailed(Diagnostic why) {
    if (state == State.INIT || state == State.UP) {
      change(State.DOWN, why);
      updateDetection();
      updateTransmission();
    }
  }

  private void pollRequested() {
    if (state == State.UP) {
      poll.begin();
      transmitIfAllowed();
      updateDetection();
      updateTransmission();
    }
  }

  private void timingChanged(Timing next) {
    timing = next;
    if (state == State.UP) {
      poll.tell(toldMinTx(), timing.requiredMinRxMicros());
    } else {
      poll.takeEffect(toldMinTx(), timing.requiredMinRxMicros());
    }
    transmitIfAllowed();
    updateDetection();
    updateTransmission();
  }

  /** RFC 5880 §6.8.6, from the point at which the session is known. */
  private void packetReceived(ControlPacket packet) {
    Optional<DropReason> refusal = authenticate(packet);
    if (refusal.isPresent()) {
      actions.add(new Dropped(refusal.get()));
      return;
    }
    packet.authentication().ifPresent(window::accepted);
    remote.heard(packet);
    if (packet.flags().isFinal()) {
      poll.end(toldMinTx(), timing.requiredMinRxMicros());
    }
    if (state == State.ADMIN_DOWN) {
      actions.add(new Dropped(DropReason.ADMIN_DOWN));
      return;
    }
    follow(packet.state());
    if (packet.flags().poll()) {
      transmit(true);
    } else if (pollIsNews()) {
      transmitIfAllowed();
    }
    restartDetection();
    updateTransmission();
  }

  /** Whether a poll began that no packet has told of. */
  private boolean pollIsNews() {
    return poll.isRunning() && lastSent.filter(packet -> packet.flags().poll()).isEmpty();
  }

  private Optional<DropReason> authenticate(ControlPacket packet) {
    if (keys.isEmpty()) {
      return packet.authentication().map(section -> DropReason.UNEXPECTED_AUTHENTICATION);
    }
    AuthenticationSection section = packet.authentication().orElse(null);
    if (section == null) {
      return Optional.of(DropReason.MISSING_AUTHENTICATION);
    }
    if (section.type() != keys.get().type()) {
      return Optional.of(DropReason.WRONG_AUTHENTICATION);
    }
    if (!window.admits(section, packet.detectMult())) {
      return Optional.of(DropReason.REPLAYED);
    }
    return keys.get().accepts(packet)
        ? Optional.empty()
        : Optional.of(DropReason.WRONG_AUTHENTICATION);
  }

  /** The three-way handshake and the tearing down (RFC 5880 §6.2, §6.8.6). */
  private void follow(State theirs) {
    switch (state) {
      case DOWN -> {
        if (theirs == State.DOWN) {
          change(State.INIT, diagnostic);
        } else if (theirs == State.INIT) {
          change(State.UP, diagnostic);
        }
      }
      case INIT -> {
        if (theirs == State.ADMIN_DOWN) {
          change(State.DOWN, Diagnostic.NEIGHBOR_SIGNALED_SESSION_DOWN);
        } else if (theirs == State.INIT || theirs == State.UP) {
          change(State.UP, diagnostic);
        }
      }
      case UP -> {
        if (theirs == State.ADMIN_DOWN || theirs == State.DOWN) {
          change(State.DOWN, Diagnostic.NEIGHBOR_SIGNALED_SESSION_DOWN);
        }
      }
      case ADMIN_DOWN -> {}
    }
  }

  private void change(State next, Diagnostic why) {
    State before = state;
    state = next;
    diagnostic = next == State.UP ? Diagnostic.NONE : why;
    if (next == State.UP) {
      // The transmit interval may now fall below a second; the other side must learn it by a poll.
      poll.tell(toldMinTx(), timing.requiredMinRxMicros());
    } else {
      poll.cancel();
      poll.takeEffect(toldMinTx(), timing.requiredMinRxMicros());
    }
    actions.add(new StateChanged(before, next, diagnostic));
    transmitIfAllowed();
  }

  private void transmitTimerExpired() {
    transmitInterval = Optional.empty();
    if (mayTransmitPeriodically()) {
      transmit(false);
    }
    updateTransmission();
  }

  private void detectionTimerExpired() {
    if (detectionTime.isEmpty()) {
      return;
    }
    boolean secondTime = !remote.isKnown();
    remote.silent();
    if (state == State.INIT || state == State.UP) {
      change(State.DOWN, Diagnostic.CONTROL_DETECTION_TIME_EXPIRED);
      updateTransmission();
    }
    if (secondTime) {
      window.forget(); // twice the Detection Time has passed (RFC 5880 §6.8.1, bfd.AuthSeqKnown)
      detectionTime = Optional.empty();
    } else {
      detectionTime.ifPresent(time -> actions.add(new StartDetectionTimer(time)));
    }
  }

  /** What the packets say: a second at least while not UP (RFC 5880 §6.8.3). */
  private long toldMinTx() {
    long configured = timing.desiredMinTxMicros();
    return state == State.UP ? configured : Math.max(configured, SLOW_MICROS);
  }

  /** Whether our Demand mode is in effect: the other side sends nothing (RFC 5880 §6.6). */
  private boolean demandIsActive() {
    return timing.demand() && state == State.UP && remote.state() == State.UP;
  }

  /** RFC 5880 §6.8.7. */
  private boolean mayTransmitPeriodically() {
    boolean silenced =
        remote.demand() && state == State.UP && remote.state() == State.UP && !poll.isRunning();
    return !silenced && remote.minRxMicros() != 0 && mayTransmit();
  }

  private boolean mayTransmit() {
    return config.role() == SessionConfig.Role.ACTIVE || remote.isKnown();
  }

  private void transmitIfAllowed() {
    if (mayTransmit() && remote.minRxMicros() != 0) {
      transmit(false);
    }
  }

  private void transmit(boolean answersPoll) {
    ControlPacket packet =
        new ControlPacket(
            diagnostic,
            state,
            new Flags(poll.isRunning() && !answersPoll, answersPoll, false, demandIsActive()),
            timing.detectMult(),
            config.localDiscriminator(),
            remote.discriminator(),
            new Intervals(
                toldMinTx(), timing.requiredMinRxMicros(), timing.requiredMinEchoRxMicros()),
            Optional.empty());
    if (keys.isPresent()) {
      boolean news = lastSent.filter(packet::equals).isEmpty();
      if (keys.get().type().isMeticulous() || news) {
        sequenceNumber++;
      }
      actions.add(new Transmit(keys.get().sign(packet, sequenceNumber)));
    } else {
      actions.add(new Transmit(packet));
    }
    lastSent = Optional.of(packet);
  }

  /** Starts, changes or stops the periodic packets after anything that bears on them. */
  private void updateTransmission() {
    Optional<Duration> wanted =
        mayTransmitPeriodically()
            ? Optional.of(micros(Math.max(poll.desiredMinTxMicros(), remote.minRxMicros())))
            : Optional.empty();
    if (wanted.equals(transmitInterval)) {
      return;
    }
    transmitInterval = wanted;
    actions.add(
        wanted.isPresent()
            ? new StartTransmitTimer(wanted.get(), timing.detectMult() == 1 ? 90 : 100)
            : new StopTransmitTimer());
  }

  /** A packet was accepted: the other side is there (RFC 5880 §6.8.4). */
  private void restartDetection() {
    detectionTime = wantedDetectionTime();
    actions.add(
        detectionTime.isPresent()
            ? new StartDetectionTimer(detectionTime.get())
            : new StopDetectionTimer());
  }

  /** What bears on the Detection Time has changed, and no packet came. */
  private void updateDetection() {
    if (!wantedDetectionTime().equals(detectionTime)) {
      restartDetection();
    }
  }

  /** RFC 5880 §6.8.4. */
  private Optional<Duration> wantedDetectionTime() {
    if (state == State.ADMIN_DOWN || !remote.isKnown()) {
      return Optional.empty();
    }
    if (demandIsActive()) {
      return poll.isRunning()
          ? Optional.of(
              micros(
                  timing.detectMult() * Math.max(poll.desiredMinTxMicros(), remote.minRxMicros())))
          : Optional.empty();
    }
    return Optional.of(
        micros(
            remote.detectMult()
                * Math.max(poll.requiredMinRxMicros(), remote.desiredMinTxMicros())));
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(micros * 1000);
  }
}
