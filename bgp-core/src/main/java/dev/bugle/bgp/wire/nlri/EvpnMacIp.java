package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.IpAddress;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MAC/IP Advertisement, type 2 (RFC 7432 §7.2): where an Ethernet address is, and which IP address
 * it has. What is announced or withdrawn is the distinguisher, the tag and the addresses.
 *
 * @param distinguisher of the router's instance
 * @param segment that the address is behind
 * @param tag Ethernet Tag ID, 0 to 4294967295
 * @param mac the Ethernet address
 * @param ip the IP address, if it is told
 * @param labels one for bridged traffic, and maybe one for routed traffic
 */
public record EvpnMacIp(
    RouteDistinguisher distinguisher,
    EthernetSegmentId segment,
    long tag,
    MacAddress mac,
    Optional<IpAddress> ip,
    List<EvpnLabel> labels)
    implements EvpnRoute {

  static final int TYPE = 2;
  static final String WORD = "mac-ip";

  private static final int MAC_BITS = 48;

  /** Up to the length of the IP address, which is included. */
  private static final int HEAD_LENGTH =
      RouteDistinguisher.LENGTH + EthernetSegmentId.LENGTH + 4 + 1 + MacAddress.LENGTH + 1;

  /** Checks the tag and the number of labels, and copies the list. */
  public EvpnMacIp {
    EvpnRoute.requireTag(tag);
    labels = List.copyOf(labels);
    if (labels.isEmpty() || labels.size() > 2) {
      throw new IllegalArgumentException("a MAC/IP route has one label or two");
    }
  }

  static EvpnMacIp parse(Words words) {
    RouteDistinguisher distinguisher = EvpnRoute.parseDistinguisher(words);
    EthernetSegmentId segment = EvpnRoute.parseSegment(words);
    long tag = EvpnRoute.parseTag(words);
    MacAddress mac = words.after("mac", "a MAC address", MacAddress::parse);
    Optional<IpAddress> ip =
        words.take("ip")
            ? Optional.of(words.next("an IP address", IpAddress::parse))
            : Optional.empty();
    List<EvpnLabel> labels = new ArrayList<>();
    labels.add(EvpnRoute.parseLabel(words));
    if (words.hasNext()) {
      labels.add(EvpnRoute.parseLabel(words));
    }
    return new EvpnMacIp(distinguisher, segment, tag, mac, ip, labels);
  }

  static EvpnMacIp decode(ByteBuf value) {
    FamilyCodec.require(value, HEAD_LENGTH, "a MAC/IP route");
    RouteDistinguisher distinguisher = RouteDistinguisher.decode(value);
    EthernetSegmentId segment = EthernetSegmentId.decode(value);
    long tag = value.readUnsignedInt();
    int macBits = value.readUnsignedByte();
    if (macBits != MAC_BITS) {
      throw FamilyCodec.malformed("a MAC address of " + macBits + " bits");
    }
    MacAddress mac = MacAddress.decode(value);
    Optional<IpAddress> ip = Optional.empty();
    if (value.getUnsignedByte(value.readerIndex()) == 0) {
      value.readByte();
    } else {
      ip = Optional.of(EvpnRoute.decodeAddress(value, "a MAC/IP route"));
    }
    FamilyCodec.require(value, EvpnLabel.LENGTH, "the label of a MAC/IP route");
    List<EvpnLabel> labels = new ArrayList<>();
    while (labels.size() < 2 && value.readableBytes() >= EvpnLabel.LENGTH) {
      labels.add(new EvpnLabel(value.readUnsignedMedium()));
    }
    return new EvpnMacIp(distinguisher, segment, tag, mac, ip, labels);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public int valueLength() {
    return HEAD_LENGTH
        + ip.map(address -> address.bitLength() / 8).orElse(0)
        + EvpnLabel.LENGTH * labels.size();
  }

  @Override
  public void encodeValue(ByteBuf out) {
    distinguisher.encode(out);
    segment.encode(out);
    out.writeInt((int) tag);
    out.writeByte(MAC_BITS);
    mac.encode(out);
    ip.ifPresentOrElse(address -> EvpnRoute.encodeAddress(address, out), () -> out.writeByte(0));
    labels.forEach(label -> out.writeMedium(label.bits()));
  }

  /** Like {@code mac-ip 65001:100 esi 0 tag 0 mac 02:00:5e:00:53:01 ip 192.0.2.1 label 100}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(WORD).append(' ').append(distinguisher);
    text.append(" esi ").append(segment).append(" tag ").append(tag).append(" mac ").append(mac);
    ip.ifPresent(address -> text.append(" ip ").append(address));
    labels.forEach(label -> text.append(" label ").append(label));
    return text.toString();
  }
}
