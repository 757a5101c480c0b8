package dev.bugle.bgp.bmp;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A number of a report (RFC 7854 §4.8, RFC 8671 §6.2). Any type and value is kept.
 *
 * @param type what is counted, 0 to 65535
 * @param value four octets for a counter, eight for a gauge, three more before that of a family
 */
public record Statistic(int type, Bytes value) {

  /** Routes in the Adj-RIBs-In: a gauge. */
  public static final int ADJ_RIB_IN = 7;

  /** Routes in the Loc-RIB: a gauge. */
  public static final int LOC_RIB = 8;

  /** Routes in the Loc-RIB, of a family: a gauge. */
  public static final int LOC_RIB_OF_FAMILY = 10;

  /** Routes in the Adj-RIB-In, of a family: a gauge. */
  public static final int ADJ_RIB_IN_OF_FAMILY = 9;

  /** UPDATEs that were treated as withdrawals: a counter. */
  public static final int TREATED_AS_WITHDRAW = 11;

  /** Routes in the Adj-RIB-Out after the policy: a gauge (RFC 8671). */
  public static final int ADJ_RIB_OUT = 15;

  /** Routes in the Adj-RIB-Out after the policy, of a family: a gauge (RFC 8671). */
  public static final int ADJ_RIB_OUT_OF_FAMILY = 17;

  private static final int FAMILY_LENGTH = 3;

  /** Checks the range and the length. */
  public Statistic {
    if (type < 0 || type > 0xFFFF || value.length() > 0xFFFF) {
      throw new IllegalArgumentException(
          "a statistic of type " + type + " with " + value.length() + " octets is out of range");
    }
  }

  /** A number of events, of which the lowest 32 bits are told. */
  public static Statistic counter(int type, long count) {
    return new Statistic(type, Bytes.readAll(Unpooled.buffer(4).writeInt((int) count)));
  }

  /** How many there are now. */
  public static Statistic gauge(int type, long count) {
    return new Statistic(type, Bytes.readAll(Unpooled.buffer(8).writeLong(count)));
  }

  /** How many there are of a family now. */
  public static Statistic gauge(int type, AddressFamily family, long count) {
    ByteBuf value = Unpooled.buffer(11).writeShort(family.afi()).writeByte(family.safi());
    return new Statistic(type, Bytes.readAll(value.writeLong(count)));
  }

  /** The family, where the value has the form of one with a family. */
  public Optional<AddressFamily> family() {
    return value.length() == FAMILY_LENGTH + Long.BYTES
        ? Optional.of(new AddressFamily(value.octet(0) << 8 | value.octet(1), value.octet(2)))
        : Optional.empty();
  }

  /** The number, where the value has one of the three forms. */
  public OptionalLong count() {
    ByteBuf octets = Unpooled.wrappedBuffer(value.toArray());
    return switch (octets.readableBytes()) {
      case Integer.BYTES -> OptionalLong.of(octets.readUnsignedInt());
      case Long.BYTES -> OptionalLong.of(octets.readLong());
      case FAMILY_LENGTH + Long.BYTES -> OptionalLong.of(octets.getLong(FAMILY_LENGTH));
      default -> OptionalLong.empty();
    };
  }

  /** Like {@code 17 ipv4-unicast: 3}. */
  @Override
  public String toString() {
    String of = family().map(family -> " " + family).orElse("");
    OptionalLong count = count();
    return type + of + ": " + (count.isPresent() ? Long.toString(count.getAsLong()) : value);
  }
}
