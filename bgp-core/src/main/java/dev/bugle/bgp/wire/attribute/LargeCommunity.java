package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.TextCursor;
import io.netty.buffer.ByteBuf;
import java.util.Comparator;

/**
 * A large community (RFC 8092): three numbers of 0 to 4294967295.
 *
 * @param globalAdministrator the AS that gives the other two their meaning
 * @param localData1 the first number of that AS
 * @param localData2 the second number of that AS
 */
public record LargeCommunity(long globalAdministrator, long localData1, long localData2)
    implements Comparable<LargeCommunity> {

  private static final long MAX = 0xFFFF_FFFFL;

  private static final Comparator<LargeCommunity> ORDER =
      Comparator.comparingLong(LargeCommunity::globalAdministrator)
          .thenComparingLong(LargeCommunity::localData1)
          .thenComparingLong(LargeCommunity::localData2);

  /** Checks the ranges. */
  public LargeCommunity {
    if (globalAdministrator < 0
        || globalAdministrator > MAX
        || localData1 < 0
        || localData1 > MAX
        || localData2 < 0
        || localData2 > MAX) {
      throw new IllegalArgumentException(
          "large community "
              + globalAdministrator
              + ":"
              + localData1
              + ":"
              + localData2
              + ": each number must be in 0 to "
              + MAX);
    }
  }

  /**
   * Parses {@code 65001:1:2}.
   *
   * @throws IllegalArgumentException saying what is wrong with the text, and where
   */
  public static LargeCommunity parse(String text) {
    if (text.chars().filter(c -> c == ':').count() != 2) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a large community; write it like 65001:1:2");
    }
    TextCursor cursor = new TextCursor(text);
    long globalAdministrator = cursor.number(MAX, ":");
    cursor.expect(':');
    long localData1 = cursor.number(MAX, ":");
    cursor.expect(':');
    return new LargeCommunity(globalAdministrator, localData1, cursor.number(MAX, ""));
  }

  static LargeCommunity decode(ByteBuf in) {
    return new LargeCommunity(in.readUnsignedInt(), in.readUnsignedInt(), in.readUnsignedInt());
  }

  void encode(ByteBuf out) {
    out.writeInt((int) globalAdministrator);
    out.writeInt((int) localData1);
    out.writeInt((int) localData2);
  }

  @Override
  public int compareTo(LargeCommunity other) {
    return ORDER.compare(this, other);
  }

  /** The canonical representation of RFC 8092 §4. */
  @Override
  public String toString() {
    return globalAdministrator + ":" + localData1 + ":" + localData2;
  }
}
