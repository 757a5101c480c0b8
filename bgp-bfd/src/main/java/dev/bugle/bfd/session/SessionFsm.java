package dev.bugle.bfd.session;

import dev.bugle.bfd.session.Action.Dropped;
import dev.bugle.bfd.session.Action.StartTransmitTimer;
import dev.bugle.bfd.session.Action.StateChanged;
import dev.bugle.bfd.session.Action.StopTransmitTimer;
import dev.bugle.bfd.session.Action.Transmit;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.ControlPacket.Flags;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state machine of one session (RFC 5880 §6.8). Pure: {@link #handle} takes an event and
 * returns what to do; it never throws. An event first changes what is known; then one place works
 * out what follows for polls, packets and timers. See the package description.
 */
public final class SessionFsm {

  private final SessionConfig config;
  private final List<Action> actions = new ArrayList<>();
  private final Peering remote = new Peering();
  private final PollSequence poll;
  private final Authenticator authenticator;
  private Timing timing;
  private boolean started;
  private State state = State.ADMIN_DOWN;
  private Diagnostic diagnostic = Diagnostic.NONE;

  /** The last packet sent, without its Poll and Final bits. */
  private Optional<ControlPacket> lastContents = Optional.empty();

  private Optional<StartTransmitTimer> transmitTimer = Optional.empty();
  private final DetectionTimer detectionTimer = new DetectionTimer();

  // What the event at hand has brought.
  private boolean heard;
  private boolean answerDue;
  private boolean periodicDue;
  private boolean sent;

  /** A machine in the state ADMIN_DOWN, silent until {@link Event.Enable} brings it to life. */
  public SessionFsm(SessionConfig config) {
    this.config = config;
    this.timing = config.timing();
    this.poll = new PollSequence(timing.slow());
    this.authenticator = new Authenticator(config.keys(), config.firstSequenceNumber());
  }

  /** The session's state. */
  public State state() {
    return state;
  }

  /** Why it last left UP; none while UP. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }

  /** The other side's discriminator; zero while it is not known. */
  public int remoteDiscriminator() {
    return remote.discriminator();
  }

  /** What the other side has told last; empty before it has told anything. */
  public Optional<ControlPacket> lastReceived() {
    return remote.lastHeard();
  }

  /** How long the other side may be silent; empty while nothing is awaited from it. */
  public Optional<Duration> detectionTime() {
    boolean awaited = detectionTimer.isAwaiting() && !silenceIsWanted();
    return awaited || pollDecides() ? Optional.of(detectionTimeNow()) : Optional.empty();
  }

  /** The interval at which packets are sent, without jitter; empty while none are. */
  public Optional<Duration> transmitInterval() {
    return transmitTimer.map(StartTransmitTimer::interval);
  }

  /** Takes an event and returns what to do about it, in order. */
  public List<Action> handle(Event event) {
    heard = false;
    answerDue = false;
    periodicDue = false;
    sent = false;
    if (event instanceof Event.PacketReceived received) {
      packetReceived(received.packet());
    } else if (event instanceof Event.TransmitTimerExpired) {
      transmitTimer = Optional.empty();
      periodicDue = true;
    } else if (event instanceof Event.DetectionTimerExpired) {
      detectionTimerExpired();
    } else if (event instanceof Event.Enable) {
      started = true;
      change(State.ADMIN_DOWN, State.DOWN, Diagnostic.NONE);
    } else if (event instanceof Event.Disable) {
      change(state, State.ADMIN_DOWN, Diagnostic.ADMINISTRATIVELY_DOWN);
    } else if (event instanceof Event.TimingChanged changed) {
      timing = changed.timing();
    } else if (event instanceof Event.KeysChanged changed) {
      authenticator.use(changed.keys());
    } else if (event instanceof Event.PathFailed failed) {
      fail(failed.diagnostic());
    } else if (event instanceof Event.PollRequested && state == State.UP) {
      poll.want();
    }
    boolean pollBegan = updatePoll();
    updatePackets(pollBegan);
    updateTransmitTimer();
    updateDetectionTimer(pollBegan);
    List<Action> result = List.copyOf(actions);
    actions.clear();
    return result;
  }

  /** RFC 5880 §6.8.6, from the point at which the session is known. */
  private void packetReceived(ControlPacket packet) {
    int addressee = packet.yourDiscriminator();
    Optional<DropReason> refusal =
        addressee != 0 && addressee != config.localDiscriminator()
            ? Optional.of(DropReason.NO_SESSION)
            : authenticator.refuse(packet);
    if (refusal.isPresent()) {
      actions.add(new Dropped(refusal.get()));
      return;
    }
    remote.heard(packet);
    poll.received(packet.flags().isFinal());
    heard = true;
    if (state == State.ADMIN_DOWN) {
      actions.add(new Dropped(DropReason.ADMIN_DOWN));
      return;
    }
    State next = Handshake.next(state, packet.state());
    boolean fails = next == State.DOWN;
    change(state, next, fails ? Diagnostic.NEIGHBOR_SIGNALED_SESSION_DOWN : diagnostic);
    answerDue = packet.flags().poll();
  }

  private void detectionTimerExpired() {
    switch (detectionTimer.expired()) {
      case NOTHING -> {}
      case FIRST -> {
        if (silenceIsWanted() && !poll.isRunning()) {
          poll.settled();
        } else {
          remote.silent();
          fail(Diagnostic.CONTROL_DETECTION_TIME_EXPIRED);
        }
      }
      case SECOND -> authenticator.forget();
    }
  }

  private void fail(Diagnostic why) {
    change(State.INIT, State.DOWN, why);
    change(State.UP, State.DOWN, why);
  }

  private void change(State from, State to, Diagnostic why) {
    if (state == from && from != to) {
      state = to;
      diagnostic = to == State.UP ? Diagnostic.NONE : why;
      lastContents = Optional.empty(); // told at once, whatever was sent before
      actions.add(new StateChanged(from, to, diagnostic, remote.state()));
    }
  }

  /** What we want to be told now: slow and without Demand mode while not UP. */
  private Timing timingNow() {
    return state == State.UP
        ? timing.withDemand(timing.demand() && bothAreUp()) // RFC 5880 §6.6
        : timing.slow();
  }

  private boolean bothAreUp() {
    return state == State.UP && remote.state() == State.UP;
  }

  /** Whether the other side may be silent because we have asked it to be. */
  private boolean silenceIsWanted() {
    return bothAreUp() && poll.demand();
  }

  /** Whether Demand mode is active on the other side, so that we must be silent. */
  private boolean silenceIsDue() {
    return bothAreUp() && remote.demand();
  }

  /** Whether the answer to a poll, and no other packet, keeps the session up. */
  private boolean pollDecides() {
    return silenceIsWanted() && poll.isRunning();
  }

  private boolean updatePoll() {
    if (state != State.UP || config.unaffiliated()) {
      poll.takeEffect(timingNow());
      return false;
    }
    if ((silenceIsWanted() || silenceIsDue()) && contentsAreNew()) {
      poll.want(); // RFC 5880 §6.6: in Demand mode every change is polled
    }
    return poll.begins(timingNow());
  }

  /** Answers a poll, tells what is new, and sends the periodic packet. */
  private void updatePackets(boolean pollBegan) {
    if (answerDue) {
      transmit(true);
    }
    boolean isTime = periodicDue && mayTransmitPeriodically();
    if (mayTransmit() && (pollBegan || isTime || contentsAreNew())) {
      transmit(false);
    }
  }

  private boolean contentsAreNew() {
    return lastContents.filter(contents()::equals).isEmpty();
  }

  private void transmit(boolean isFinal) {
    ControlPacket contents = contents();
    lastContents = Optional.of(contents);
    sent |= !isFinal;
    Flags flags = contents.flags();
    actions.add(
        new Transmit(
            authenticator.sign(
                contents.withFlags(
                    new Flags(
                        poll.isRunning() && !isFinal,
                        isFinal,
                        flags.controlPlaneIndependent(),
                        flags.demand())))));
  }

  /** What a packet says now, with neither the Poll nor the Final bit (RFC 5880 §6.8.7). */
  private ControlPacket contents() {
    Timing told = poll.told();
    return new ControlPacket(
        diagnostic,
        state,
        new Flags(false, false, config.controlPlaneIndependent(), told.demand() && bothAreUp()),
        told.detectMult(),
        config.localDiscriminator(),
        remote.discriminator(),
        told.intervals(),
        Optional.empty());
  }

  /** RFC 5880 §6.8.7: the passive side is silent until it has heard something. */
  private boolean mayTransmit() {
    return started && (config.role() == SessionConfig.Role.ACTIVE || remote.isKnown());
  }

  /** RFC 5880 §6.8.7. */
  private boolean mayTransmitPeriodically() {
    return mayTransmit() && remote.minRxMicros() != 0 && (!silenceIsDue() || poll.isRunning());
  }

  private void updateTransmitTimer() {
    Optional<StartTransmitTimer> wanted =
        mayTransmitPeriodically()
            ? Optional.of(
                new StartTransmitTimer(
                    transmitIntervalNow(), poll.told().detectMult() == 1 ? 90 : 100))
            : Optional.empty();
    if (wanted.isPresent() && (sent || !wanted.equals(transmitTimer))) {
      actions.add(wanted.get());
    } else if (wanted.isEmpty() && transmitTimer.isPresent()) {
      actions.add(new StopTransmitTimer());
    }
    transmitTimer = wanted;
  }

  /** RFC 5880 §6.8.2. */
  private Duration transmitIntervalNow() {
    return Timing.micros(transmitMicros());
  }

  private long transmitMicros() {
    return Math.max(poll.desiredMinTxMicros(), remote.minRxMicros());
  }

  private void updateDetectionTimer(boolean pollBegan) {
    boolean mustAwait = remote.isKnown() && !silenceIsWanted() && !detectionTimer.isAwaiting();
    boolean restarts = pollDecides() ? pollBegan : heard || mustAwait;
    Duration time = detectionTimeNow();
    actions.addAll(restarts ? detectionTimer.start(time) : detectionTimer.adjust(time));
  }

  /** RFC 5880 §6.8.4. */
  private Duration detectionTimeNow() {
    return silenceIsWanted()
        ? Timing.micros(transmitMicros() * poll.told().detectMult())
        : Timing.micros(
            Math.max(poll.requiredMinRxMicros(), remote.desiredMinTxMicros())
                * remote.detectMult());
  }
}
