package dev.bugle.bfd.session;

import dev.bugle.bfd.wire.ControlPacket.Intervals;
import java.time.Duration;

/**
 * How fast a session sends, receives and gives up.
 *
 * <p>A {@link Duration} has its unit with it. What lies outside 1 ms to one hour is refused: it is
 * a slip of units and not a wish.
 *
 * @param desiredMinTx the shortest interval at which we want to send while UP; slower while not
 * @param requiredMinRx the shortest interval at which we can receive
 * @param requiredMinEchoRx the shortest interval at which we return echo packets; zero for never
 * @param detectMult how many of our packets the other side may miss, 1 to 255
 * @param demand whether we ask the other side to be silent while UP (RFC 5880 §6.6)
 */
public record Timing(
    Duration desiredMinTx,
    Duration requiredMinRx,
    Duration requiredMinEchoRx,
    int detectMult,
    boolean demand) {

  /** Nothing below this is accepted. */
  public static final Duration FLOOR = Duration.ofMillis(1);

  /** Nothing above this is accepted. */
  public static final Duration CEILING = Duration.ofHours(1);

  /** Not faster than this while the session is not UP, or echoes do the work (RFC 5880 §6.8.3). */
  private static final Duration SLOW = Duration.ofSeconds(1);

  /** Checks the ranges. */
  public Timing {
    requireInterval("desired minimum transmit interval", desiredMinTx);
    requireInterval("required minimum receive interval", requiredMinRx);
    if (!requiredMinEchoRx.isZero()) {
      requireInterval("required minimum echo receive interval", requiredMinEchoRx);
    }
    if (detectMult < 1 || detectMult > 255) {
      throw new IllegalArgumentException("detect multiplier " + detectMult + " is not in 1 to 255");
    }
  }

  /** The same interval both ways, no echo, no Demand mode. */
  public static Timing of(Duration interval, int detectMult) {
    return new Timing(interval, interval, Duration.ZERO, detectMult, false);
  }

  /**
   * Refuses what is not in {@link #FLOOR} to {@link #CEILING}.
   *
   * @throws IllegalArgumentException naming the interval, what was found and what is allowed
   */
  public static void requireInterval(String name, Duration interval) {
    if (interval.compareTo(FLOOR) < 0 || interval.compareTo(CEILING) > 0) {
      throw new IllegalArgumentException(
          "the " + name + " of " + interval + " is not in " + FLOOR + " to " + CEILING);
    }
  }

  /** What holds while the session is not UP. */
  Timing slow() {
    Duration slower = desiredMinTx.compareTo(SLOW) < 0 ? SLOW : desiredMinTx;
    return new Timing(slower, requiredMinRx, requiredMinEchoRx, detectMult, false);
  }

  /** The same, but received no faster than once a second. */
  public Timing withSlowReceive() {
    Duration slower = requiredMinRx.compareTo(SLOW) < 0 ? SLOW : requiredMinRx;
    return new Timing(desiredMinTx, slower, requiredMinEchoRx, detectMult, demand);
  }

  Timing withDemand(boolean wanted) {
    return new Timing(desiredMinTx, requiredMinRx, requiredMinEchoRx, detectMult, wanted);
  }

  static Duration micros(long micros) {
    return Duration.ofNanos(micros * 1000);
  }

  long desiredMinTxMicros() {
    return desiredMinTx.toNanos() / 1000;
  }

  long requiredMinRxMicros() {
    return requiredMinRx.toNanos() / 1000;
  }

  /** As a packet tells them. */
  Intervals intervals() {
    return new Intervals(
        desiredMinTxMicros(), requiredMinRxMicros(), requiredMinEchoRx.toNanos() / 1000);
  }
}
