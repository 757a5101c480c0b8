package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Prefix;
import io.netty.buffer.ByteBuf;

/**
 * A prefix bound to MPLS labels (RFC 8277). What is announced or withdrawn is the prefix; in a
 * withdrawal the labels mean nothing.
 *
 * @param prefix IPv4 or IPv6
 * @param labels as many as the length octet can count: 9 before an IPv4 prefix of 32 bits, 5 before
 *     an IPv6 one of 128
 */
public record LabelledPrefix(Prefix prefix, LabelStack labels) implements FamilyNlri {

  /** Checks that one octet can count the bits. */
  public LabelledPrefix {
    requireCountable(labels.bits() + prefix.length(), labels, prefix);
  }

  static void requireCountable(int bits, LabelStack labels, Prefix prefix) {
    if (bits > 255) {
      throw new IllegalArgumentException(
          labels + " are too many labels for " + prefix + ": " + bits + " bits, not 255 at most");
    }
  }

  /**
   * Parses {@code 203.0.113.0/24 label 100} or {@code 203.0.113.0/24 label 100/200}.
   *
   * @throws IllegalArgumentException saying what is wrong where in the text
   */
  public static LabelledPrefix parse(String text) {
    return Words.parse(
        text,
        words ->
            new LabelledPrefix(
                words.next("a prefix", Prefix::parse),
                words.after("label", "labels like 100/200", LabelStack::parse)));
  }

  static LabelledPrefix decode(ByteBuf field, boolean ipv4) {
    int bits = field.readUnsignedByte();
    ByteBuf octets = FamilyCodec.slice(field, (bits + 7) / 8, "a labelled prefix");
    LabelStack labels = LabelStack.decode(octets, bits);
    return new LabelledPrefix(Prefix.decode(octets, bits - labels.bits(), ipv4), labels);
  }

  @Override
  public boolean belongsTo(AddressFamily family) {
    return family.safi() == AddressFamily.IPV4_LABELLED_UNICAST.safi()
        && family.isIpv4() == prefix.address().isIpv4();
  }

  @Override
  public void encode(ByteBuf out) {
    out.writeByte(labels.bits() + prefix.length());
    labels.encode(out);
    prefix.address().writeTo(out, prefix.encodedLength() - 1);
  }

  @Override
  public int encodedLength() {
    return labels.bits() / 8 + prefix.encodedLength();
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return prefix + " label " + labels;
  }
}
