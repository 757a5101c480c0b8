package dev.bugle.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable run of octets with value equality: what the wire carries and we do not read. */
public final class Bytes {

  /** No octets. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] octets;

  private Bytes(byte[] octets) {
    this.octets = octets;
  }

  /** A copy of these octets. */
  public static Bytes of(byte... octets) {
    return octets.length == 0 ? EMPTY : new Bytes(octets.clone());
  }

  /** The lowest eight bits of each number, for writing octets as {@code 0xFF}. */
  public static Bytes ofInts(int... octets) {
    byte[] copy = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      copy[i] = (byte) octets[i];
    }
    return of(copy);
  }

  /** The UTF-8 octets of a text. */
  public static Bytes utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The octets of a text of hexadecimal digits, two to an octet. */
  public static Bytes hex(String digits) {
    return of(HexFormat.of().parseHex(digits));
  }

  /** Reads all that is left in the buffer. */
  public static Bytes readAll(ByteBuf in) {
    return read(in, in.readableBytes());
  }

  /** Reads exactly {@code length} octets; the caller has checked that they are there. */
  public static Bytes read(ByteBuf in, int length) {
    if (length == 0) {
      return EMPTY;
    }
    byte[] octets = new byte[length];
    in.readBytes(octets);
    return new Bytes(octets);
  }

  /** How many octets these are. */
  public int length() {
    return octets.length;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return octets.length == 0;
  }

  /** The octet at this index, 0 to 255. */
  public int octet(int index) {
    return Byte.toUnsignedInt(octets[index]);
  }

  /** A copy of the octets. */
  public byte[] toArray() {
    return octets.clone();
  }

  /** Appends the octets to the buffer. */
  public void writeTo(ByteBuf out) {
    out.writeBytes(octets);
  }

  /** The octets read as UTF-8; what is not UTF-8 becomes the replacement character. */
  public String toUtf8() {
    return new String(octets, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(octets, bytes.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  /** Lower-case hexadecimal digits, two to an octet. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(octets);
  }
}
