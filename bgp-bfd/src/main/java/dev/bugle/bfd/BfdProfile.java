package dev.bugle.bfd;

import dev.bugle.bfd.session.SessionConfig.Role;
import dev.bugle.bfd.session.Timing;
import java.time.Duration;
import java.util.Optional;

/**
 * How a session runs, whoever it runs with; one profile may serve many sessions.
 *
 * @param timing intervals, multiplier, Demand mode
 * @param role whether it sends before it has heard of the other side (RFC 5880 §6.1)
 * @param controlPlaneIndependent the C bit that is sent (RFC 5880 §4.1): BFD here goes on while the
 *     control plane that it serves restarts
 * @param echoInterval at which echo packets are sent while the session is UP and the other side
 *     returns them (RFC 5880 §6.4); empty for none
 */
public record BfdProfile(
    Timing timing, Role role, boolean controlPlaneIndependent, Optional<Duration> echoInterval) {

  /** Intervals below this take care on both sides; a session that has one is warned of. */
  public static final Duration ADVISED_FLOOR = Duration.ofMillis(10);

  /** Checks the echo interval. */
  public BfdProfile {
    echoInterval.ifPresent(interval -> Timing.requireInterval("echo transmit interval", interval));
  }

  /**
   * The same interval both ways, active.
   *
   * @param interval 1 ms to 1 h
   * @param detectMultiplier 1 to 255
   * @throws IllegalArgumentException saying which value is wrong
   */
  public static BfdProfile of(Duration interval, int detectMultiplier) {
    return builder(interval, detectMultiplier).build();
  }

  /**
   * Begins a profile with the same interval both ways.
   *
   * @param interval 1 ms to 1 h
   * @param detectMultiplier 1 to 255
   */
  public static Builder builder(Duration interval, int detectMultiplier) {
    return new Builder(interval, detectMultiplier);
  }

  /** Whether an interval is below {@link #ADVISED_FLOOR}. */
  public boolean isBelowAdvisedFloor() {
    return timing.desiredMinTx().compareTo(ADVISED_FLOOR) < 0
        || timing.requiredMinRx().compareTo(ADVISED_FLOOR) < 0;
  }

  /** Gathers a profile; not thread-safe. */
  public static final class Builder {
    private final int detectMultiplier;
    private Duration transmit;
    private Duration receive;
    private Duration echoReceive = Duration.ZERO;
    private Optional<Duration> echoInterval = Optional.empty();
    private boolean demand;
    private boolean controlPlaneIndependent;
    private Role role = Role.ACTIVE;

    private Builder(Duration interval, int detectMultiplier) {
      this.transmit = interval;
      this.receive = interval;
      this.detectMultiplier = detectMultiplier;
    }

    /** The shortest interval at which we want to send. */
    public Builder transmitInterval(Duration value) {
      transmit = value;
      return this;
    }

    /** The shortest interval at which we can receive. */
    public Builder receiveInterval(Duration value) {
      receive = value;
      return this;
    }

    /** Returns echo packets of the other side at this interval at the shortest; zero for never. */
    public Builder echoReceiveInterval(Duration value) {
      echoReceive = value;
      return this;
    }

    /** Sends echo packets at this interval, or slower if the other side asks for it. */
    public Builder echoInterval(Duration value) {
      echoInterval = Optional.of(value);
      return this;
    }

    /** Whether the other side shall be silent while UP (RFC 5880 §6.6); false by default. */
    public Builder demand(boolean value) {
      demand = value;
      return this;
    }

    /** Whether it waits for the other side to begin (RFC 5880 §6.1); false by default. */
    public Builder passive(boolean value) {
      role = value ? Role.PASSIVE : Role.ACTIVE;
      return this;
    }

    /** The C bit; false by default. */
    public Builder controlPlaneIndependent(boolean value) {
      controlPlaneIndependent = value;
      return this;
    }

    /**
     * The profile.
     *
     * @throws IllegalArgumentException saying which value is wrong
     */
    public BfdProfile build() {
      return new BfdProfile(
          new Timing(transmit, receive, echoReceive, detectMultiplier, demand),
          role,
          controlPlaneIndependent,
          echoInterval);
    }
  }
}
