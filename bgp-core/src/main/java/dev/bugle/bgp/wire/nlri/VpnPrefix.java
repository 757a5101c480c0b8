package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Prefix;
import io.netty.buffer.ByteBuf;

/**
 * A prefix of a VPN with the labels that lead to it (RFC 4364 §4.3.4, RFC 4659 §3.2). What is
 * announced or withdrawn is the distinguisher and the prefix; in a withdrawal the labels mean
 * nothing.
 *
 * @param distinguisher of the VPN
 * @param prefix IPv4 or IPv6
 * @param labels as many as the length octet can count: 6 before an IPv4 prefix of 32 bits, 2 before
 *     an IPv6 one of 128
 */
public record VpnPrefix(RouteDistinguisher distinguisher, Prefix prefix, LabelStack labels)
    implements FamilyNlri {

  private static final int DISTINGUISHER_BITS = 8 * RouteDistinguisher.LENGTH;

  /** Checks that one octet can count the bits. */
  public VpnPrefix {
    LabelledPrefix.requireCountable(
        labels.bits() + DISTINGUISHER_BITS + prefix.length(), labels, prefix);
  }

  /**
   * Parses {@code 65001:100:203.0.113.0/24 label 100}: a {@link RouteDistinguisher}, a prefix, and
   * labels.
   *
   * @throws IllegalArgumentException saying what is wrong where in the text
   */
  public static VpnPrefix parse(String text) {
    return Words.parse(
        text,
        words -> {
          VpnPrefix unlabelled =
              words.next("a prefix like 65001:100:203.0.113.0/24", VpnPrefix::unlabelled);
          return new VpnPrefix(
              unlabelled.distinguisher,
              unlabelled.prefix,
              words.after("label", "labels like 100/200", LabelStack::parse));
        });
  }

  private static VpnPrefix unlabelled(String word) {
    int colon = word.indexOf(':');
    int end = word.startsWith("0x") ? colon : word.indexOf(':', colon + 1);
    if (colon < 0 || end < 0) {
      throw new IllegalArgumentException("a route distinguisher and a prefix, with colons between");
    }
    return new VpnPrefix(
        RouteDistinguisher.parse(word.substring(0, end)),
        Prefix.parse(word.substring(end + 1)),
        LabelStack.WITHDRAWN);
  }

  static VpnPrefix decode(ByteBuf field, boolean ipv4) {
    int bits = field.readUnsignedByte();
    ByteBuf octets = FamilyCodec.slice(field, (bits + 7) / 8, "a VPN prefix");
    LabelStack labels = LabelStack.decode(octets, bits);
    int length = bits - labels.bits() - DISTINGUISHER_BITS;
    if (length < 0) {
      throw FamilyCodec.malformed(bits + " bits do not hold labels and a route distinguisher");
    }
    RouteDistinguisher distinguisher = RouteDistinguisher.decode(octets);
    return new VpnPrefix(distinguisher, Prefix.decode(octets, length, ipv4), labels);
  }

  @Override
  public boolean belongsTo(AddressFamily family) {
    return family.safi() == AddressFamily.IPV4_VPN.safi()
        && family.isIpv4() == prefix.address().isIpv4();
  }

  @Override
  public void encode(ByteBuf out) {
    out.writeByte(labels.bits() + DISTINGUISHER_BITS + prefix.length());
    labels.encode(out);
    distinguisher.encode(out);
    prefix.address().writeTo(out, prefix.encodedLength() - 1);
  }

  @Override
  public int encodedLength() {
    return labels.bits() / 8 + RouteDistinguisher.LENGTH + prefix.encodedLength();
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return distinguisher + ":" + prefix + " label " + labels;
  }
}
