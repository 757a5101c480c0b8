package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.TextCursor;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A standard community (RFC 1997).
 *
 * @param value the 32 bits in network order
 */
public record Community(int value) implements Comparable<Community> {

  /** Traffic should move elsewhere before the session goes (RFC 8326). */
  public static final Community GRACEFUL_SHUTDOWN = new Community(0xFFFF0000);

  /** The route was kept beyond the peer's restart (RFC 9494). */
  public static final Community LLGR_STALE = new Community(0xFFFF0006);

  /** The route must not be kept beyond the peer's restart (RFC 9494). */
  public static final Community NO_LLGR = new Community(0xFFFF0007);

  /** Discard traffic to the prefix (RFC 7999). */
  public static final Community BLACKHOLE = new Community(0xFFFF029A);

  /** Not beyond the AS, or the confederation, that receives it (RFC 1997). */
  public static final Community NO_EXPORT = new Community(0xFFFFFF01);

  /** Not to any other peer (RFC 1997). */
  public static final Community NO_ADVERTISE = new Community(0xFFFFFF02);

  /** Not beyond the member AS that receives it (RFC 1997). */
  public static final Community NO_EXPORT_SUBCONFED = new Community(0xFFFFFF03);

  /** Not to bilateral peers (RFC 3765). */
  public static final Community NO_PEER = new Community(0xFFFFFF04);

  /** IANA, "BGP Well-known Communities". */
  private static final Map<String, Community> WELL_KNOWN =
      Map.ofEntries(
          Map.entry("graceful-shutdown", GRACEFUL_SHUTDOWN),
          Map.entry("accept-own", new Community(0xFFFF0001)),
          Map.entry("route-filter-translated-v4", new Community(0xFFFF0002)),
          Map.entry("route-filter-v4", new Community(0xFFFF0003)),
          Map.entry("route-filter-translated-v6", new Community(0xFFFF0004)),
          Map.entry("route-filter-v6", new Community(0xFFFF0005)),
          Map.entry("llgr-stale", LLGR_STALE),
          Map.entry("no-llgr", NO_LLGR),
          Map.entry("accept-own-nexthop", new Community(0xFFFF0008)),
          Map.entry("standby-pe", new Community(0xFFFF0009)),
          Map.entry("blackhole", BLACKHOLE),
          Map.entry("no-export", NO_EXPORT),
          Map.entry("no-advertise", NO_ADVERTISE),
          Map.entry("no-export-subconfed", NO_EXPORT_SUBCONFED),
          Map.entry("no-peer", NO_PEER));

  /** How the registry spells what everybody else writes with a hyphen. */
  private static final String NOPEER = "nopeer";

  private static final Map<Community, String> NAMES =
      WELL_KNOWN.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  /**
   * The community {@code high:low}.
   *
   * @param high by convention an AS number, 0 to 65535
   * @param low what that AS means by it, 0 to 65535
   */
  public static Community of(int high, int low) {
    if (high < 0 || high > 0xFFFF || low < 0 || low > 0xFFFF) {
      throw new IllegalArgumentException(
          "community " + high + ":" + low + ": both numbers must be in 0 to 65535");
    }
    return new Community(high << 16 | low);
  }

  /**
   * Parses {@code 65001:100} or a well-known name such as {@code no-export} (any case, {@code _}
   * for {@code -}).
   *
   * @throws IllegalArgumentException saying what is wrong with the text, and where
   */
  public static Community parse(String text) {
    String name = text.toLowerCase(Locale.ROOT).replace('_', '-');
    Community named = WELL_KNOWN.get(name.equals(NOPEER) ? "no-peer" : name);
    if (named != null) {
      return named;
    }
    int colon = text.indexOf(':');
    if (colon < 0 || text.indexOf(':', colon + 1) >= 0) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a community; write it like 65001:100, or one of "
              + WELL_KNOWN.keySet().stream().sorted().collect(Collectors.joining(", ")));
    }
    try {
      TextCursor cursor = new TextCursor(text);
      int high = (int) cursor.number(0xFFFF, ":");
      cursor.expect(':');
      return of(high, (int) cursor.number(0xFFFF, ""));
    } catch (IllegalArgumentException fault) {
      throw new IllegalArgumentException(
          fault.getMessage() + "; larger numbers need a large community like 4200000001:1:2",
          fault);
    }
  }

  /** The first 16 bits, by convention an AS number. */
  public int high() {
    return value >>> 16;
  }

  /** The last 16 bits. */
  public int low() {
    return value & 0xFFFF;
  }

  /** Its bits: {@code PackedList} relies on that. */
  @Override
  public int hashCode() {
    return value;
  }

  @Override
  public int compareTo(Community other) {
    return Integer.compareUnsigned(value, other.value);
  }

  /** The well-known name, or {@code high:low}. */
  @Override
  public String toString() {
    String name = NAMES.get(this);
    return name == null ? high() + ":" + low() : name;
  }
}
