package dev.bugle.bgp.mrt;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.OptionalInt;

/**
 * One record of a file (RFC 6396 §2).
 *
 * @param time when it was made; with microseconds only in BGP4MP, which makes it BGP4MP_ET
 * @param body what it says
 */
public record MrtRecord(MrtTime time, MrtBody body) {

  /** Octets of the header: time, type, subtype and length. */
  static final int HEADER_LENGTH = 12;

  private static final int LENGTH_LENGTH = 4;

  /** Checks that microseconds stand where the type has them. */
  public MrtRecord {
    if (time.microseconds().isPresent() && body.type() != MrtBody.BGP4MP) {
      throw new IllegalArgumentException(
          "a record of type " + body.type() + " has no microseconds; only BGP4MP does");
    }
  }

  /** Reads what follows the header. */
  static MrtRecord decode(long seconds, int type, int subtype, byte[] octets)
      throws MalformedMrtException {
    ByteBuf in = Unpooled.wrappedBuffer(octets);
    MrtFields fields = new MrtFields(in);
    OptionalInt microseconds = OptionalInt.empty();
    if (type == MrtBody.BGP4MP_ET) {
      long value = fields.fourOctets("the time in microseconds");
      if (value > 999_999) {
        throw new MalformedMrtException(value + " microseconds are more than a second");
      }
      microseconds = OptionalInt.of((int) value);
    }
    MrtBody body = body(type, subtype, fields);
    return body instanceof OpaqueBody
        ? new MrtRecord(MrtTime.ofSeconds(seconds), new OpaqueBody(type, subtype, Bytes.of(octets)))
        : new MrtRecord(new MrtTime(seconds, microseconds), body);
  }

  private static MrtBody body(int type, int subtype, MrtFields fields)
      throws MalformedMrtException {
    MrtBody opaque = new OpaqueBody(type, subtype, Bytes.EMPTY);
    if (type == MrtBody.TABLE_DUMP_V2) {
      if (subtype == PeerIndexTable.SUBTYPE) {
        return PeerIndexTable.decode(fields);
      }
      RibForm form = RibForm.of(subtype).orElse(null);
      return form == null ? opaque : RibRecord.decode(form, fields, opaque);
    }
    if (type != MrtBody.BGP4MP && type != MrtBody.BGP4MP_ET) {
      return opaque;
    }
    if (Bgp4mpStateChange.isSubtype(subtype)) {
      return Bgp4mpStateChange.decode(subtype, fields);
    }
    MessageForm form = MessageForm.of(subtype).orElse(null);
    return form == null ? opaque : Bgp4mpMessage.decode(form, fields);
  }

  /** Appends the record with its header. */
  void encode(ByteBuf out) {
    boolean extended = time.microseconds().isPresent();
    out.writeInt((int) time.seconds());
    out.writeShort(extended ? MrtBody.BGP4MP_ET : body.type());
    out.writeShort(body.subtype());
    int length = out.writerIndex();
    out.writeInt(0);
    time.microseconds().ifPresent(out::writeInt);
    body.encode(out);
    out.setInt(length, out.writerIndex() - length - LENGTH_LENGTH);
  }

  /** Like {@code 2026-11-30T10:15:30Z RIB 0 …}. */
  @Override
  public String toString() {
    return time + " " + body;
  }
}
