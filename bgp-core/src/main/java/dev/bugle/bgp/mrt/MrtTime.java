package dev.bugle.bgp.mrt;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * When a record was made (RFC 6396 §2, §3).
 *
 * @param seconds since 1970 in UTC, 0 to 4294967295
 * @param microseconds of the second, as BGP4MP_ET has them; empty in records without
 */
public record MrtTime(long seconds, OptionalInt microseconds) {

  private static final long MAX_SECONDS = 0xFFFF_FFFFL;
  private static final int NANOS = 1000;

  /** Checks the ranges. */
  public MrtTime {
    if (seconds < 0 || seconds > MAX_SECONDS) {
      throw new IllegalArgumentException(
          "a time of " + seconds + " seconds is not in 0 to " + MAX_SECONDS);
    }
    microseconds.ifPresent(MrtTime::requireMicroseconds);
  }

  private static void requireMicroseconds(int value) {
    if (value < 0 || value > 999_999) {
      throw new IllegalArgumentException(value + " microseconds are not in 0 to 999999");
    }
  }

  /** A time in whole seconds. */
  public static MrtTime ofSeconds(long seconds) {
    return new MrtTime(seconds, OptionalInt.empty());
  }

  /** A time with microseconds; what is finer is dropped. */
  public static MrtTime of(Instant instant) {
    return new MrtTime(instant.getEpochSecond(), OptionalInt.of(instant.getNano() / NANOS));
  }

  /** The same time. */
  public Instant toInstant() {
    return Instant.ofEpochSecond(seconds, (long) microseconds.orElse(0) * NANOS);
  }

  /** Like {@code 2026-11-30T10:15:30Z}, with microseconds where the record has them. */
  @Override
  public String toString() {
    return toInstant().toString();
  }
}
