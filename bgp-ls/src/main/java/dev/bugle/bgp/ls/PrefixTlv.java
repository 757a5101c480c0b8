package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Set;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.IpAddressNoZone;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.Ipv4AddressNoZone;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.Ipv6AddressNoZone;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.ExtendedRouteTag;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.RouteTag;

/** What a {@link LinkStateAttribute} says of a prefix (RFC 9552 §5.3.3, RFC 9085 §2.3). */
public final class PrefixTlv {

  /** What the IGP says of it in single bits (1152). */
  public static final TlvType<PrefixFlags> FLAGS =
      new TlvType<>(1152, "prefix-flags", PrefixFlags.FORM);

  /** Its tags, each 0 to 4294967295 (1153). */
  public static final TlvType<List<Long>> TAGS =
      new TlvType<>(
          1153,
          "tags",
          AttributeForms.list(
              4,
              BgpcepAttribute.prefix(
                  1153,
                  prefix ->
                      Unpooled.wrappedBuffer(prefix.getRouteTags().iterator().next().getValue())
                          .readUnsignedInt(),
                  (prefix, tag) ->
                      prefix.setRouteTags(
                          Set.of(
                              new RouteTag(
                                  Unpooled.buffer(4).writeInt(tag.intValue()).array()))))));

  /** Its tags of 64 bits, as unsigned numbers (1154). */
  public static final TlvType<List<Long>> EXTENDED_TAGS =
      new TlvType<>(
          1154,
          "extended-tags",
          AttributeForms.list(
              8,
              BgpcepAttribute.prefix(
                  1154,
                  prefix ->
                      Unpooled.wrappedBuffer(prefix.getExtendedTags().iterator().next().getValue())
                          .readLong(),
                  (prefix, tag) ->
                      prefix.setExtendedTags(
                          Set.of(
                              new ExtendedRouteTag(Unpooled.buffer(8).writeLong(tag).array()))))));

  /** Its metric, 0 to 4294967295 (1155). bgpcep has no room for more than 24 bits. */
  public static final TlvType<Long> METRIC =
      new TlvType<>(1155, "prefix-metric", AttributeForms.number());

  /** Where OSPF sends what goes there (1156). */
  public static final TlvType<IpAddress> FORWARDING_ADDRESS =
      new TlvType<>(1156, "forwarding-address", forwardingAddress());

  /** A segment that leads there; there may be several such TLVs (1158, RFC 9085). */
  public static final TlvType<PrefixSid> SID = new TlvType<>(1158, "prefix-sid", PrefixSid.FORM);

  static final TlvTable TABLE =
      TlvTable.of("tlv-", FLAGS, TAGS, EXTENDED_TAGS, METRIC, FORWARDING_ADDRESS, SID);

  private PrefixTlv() {}

  private static TlvForm<IpAddress> forwardingAddress() {
    TlvForm<IpAddress> form =
        BgpcepAttribute.prefix(
            1156,
            prefix -> {
              IpAddressNoZone address = prefix.getOspfForwardingAddress();
              return IpAddress.parse(
                  address.getIpv4AddressNoZone() != null
                      ? address.getIpv4AddressNoZone().getValue()
                      : address.getIpv6AddressNoZone().getValue());
            },
            (prefix, address) ->
                prefix.setOspfForwardingAddress(
                    address instanceof Ipv4Address
                        ? new IpAddressNoZone(new Ipv4AddressNoZone(address.toString()))
                        : new IpAddressNoZone(new Ipv6AddressNoZone(address.toString()))));
    return TlvForm.of(TlvForm.either(4, 16), form.reader(), form.writer());
  }
}
