package dev.bugle.benchmarks;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/** The route that every contender announces and withdraws: a VIP. */
final class MeasuredRoute {

  /** Its address. */
  static final String ADDRESS = "203.0.113.10";

  /** It, as text. */
  static final String PREFIX = ADDRESS + "/32";

  /** It, as in an UPDATE (RFC 4271 §4.3). */
  private static final byte[] NLRI = {32, (byte) 203, 0, 113, 10};

  /** What an UPDATE can say of it. */
  enum Change {
    ANNOUNCED,
    WITHDRAWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private MeasuredRoute() {}

  /**
   * What the body of an UPDATE says of it, if anything.
   *
   * @param body from its withdrawn routes on; moved to the end
   */
  static Optional<Change> changeIn(ByteBuffer body) {
    ByteBuffer withdrawn = take(body);
    take(body); // path attributes
    if (contains(body)) {
      return Optional.of(Change.ANNOUNCED);
    }
    return contains(withdrawn) ? Optional.of(Change.WITHDRAWN) : Optional.empty();
  }

  /**
   * How many routes the body of an UPDATE announces, whichever they are.
   *
   * @param body from its withdrawn routes on; not moved
   */
  static int announcedIn(ByteBuffer body) {
    ByteBuffer rest = body.duplicate();
    take(rest);
    take(rest);
    int count = 0;
    while (rest.hasRemaining()) {
      rest.position(rest.position() + 1 + ((rest.get(rest.position()) & 0xff) + 7) / 8);
      count++;
    }
    return count;
  }

  private static ByteBuffer take(ByteBuffer body) {
    int length = body.getShort() & 0xffff;
    ByteBuffer part = body.slice(body.position(), length);
    body.position(body.position() + length);
    return part;
  }

  private static boolean contains(ByteBuffer prefixes) {
    boolean found = false;
    while (prefixes.hasRemaining()) {
      int octets = 1 + ((prefixes.get(prefixes.position()) & 0xff) + 7) / 8;
      found |= prefixes.slice(prefixes.position(), octets).equals(ByteBuffer.wrap(NLRI));
      prefixes.position(prefixes.position() + octets);
    }
    return found;
  }
}
