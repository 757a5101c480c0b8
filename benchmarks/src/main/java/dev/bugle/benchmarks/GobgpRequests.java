package dev.bugle.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The two requests that GoBGP's API needs, in the encoding of Protocol Buffers. Every value here is
 * below 128 and every length below 16384; the field numbers are those of GoBGP 3.
 */
final class GobgpRequests {

  private static final int AFI_IP = 1;
  private static final int SAFI_UNICAST = 1;

  private static final byte[] NLRI =
      any("IPAddressPrefix", concat(number(1, 32), bytes(2, utf8(MeasuredRoute.ADDRESS))));
  private static final byte[] ORIGIN = any("OriginAttribute", number(1, 0));
  private static final byte[] NEXT_HOP = any("NextHopAttribute", bytes(1, utf8("127.0.0.1")));

  private static final byte[] FAMILY = concat(number(1, AFI_IP), number(2, SAFI_UNICAST));
  private static final byte[] PATH =
      concat(bytes(1, NLRI), bytes(2, ORIGIN), bytes(2, NEXT_HOP), bytes(9, FAMILY));

  /** AddPathRequest: the path, in the global table. */
  static final byte[] ADD_VIP = bytes(3, PATH);

  /** DeletePathRequest: its family and the path. */
  static final byte[] DELETE_VIP = concat(bytes(3, FAMILY), bytes(4, PATH));

  private GobgpRequests() {}

  private static byte[] any(String type, byte[] value) {
    return concat(bytes(1, utf8("type.googleapis.com/apipb." + type)), bytes(2, value));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] number(int field, int value) {
    return new byte[] {(byte) (field << 3), oneOctet(value)};
  }

  private static byte[] bytes(int field, byte[] value) {
    byte[] head = {(byte) (field << 3 | 2)};
    return value.length < 128
        ? concat(head, new byte[] {(byte) value.length}, value)
        : concat(
            head, new byte[] {(byte) (value.length | 0x80), oneOctet(value.length >> 7)}, value);
  }

  private static byte oneOctet(int value) {
    if (value > 127) {
      throw new IllegalArgumentException(value + " does not fit one octet");
    }
    return (byte) value;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
