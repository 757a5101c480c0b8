package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.Prefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Function;
import org.opendaylight.protocol.bgp.linkstate.impl.tlvs.AreaIdTlvParser;
import org.opendaylight.protocol.bgp.linkstate.impl.tlvs.AsNumTlvParser;
import org.opendaylight.protocol.bgp.linkstate.impl.tlvs.BgpRouterIdTlvParser;
import org.opendaylight.protocol.bgp.linkstate.impl.tlvs.DomainIdTlvParser;
import org.opendaylight.protocol.bgp.linkstate.impl.tlvs.Ipv4InterfaceTlvParser;
import org.opendaylight.protocol.bgp.linkstate.impl.tlvs.Ipv6InterfaceTlvParser;
import org.opendaylight.protocol.bgp.linkstate.impl.tlvs.LinkIdTlvParser;
import org.opendaylight.protocol.bgp.linkstate.impl.tlvs.MultiTopoIdTlvParser;
import org.opendaylight.protocol.bgp.linkstate.impl.tlvs.OspfRouteTlvParser;
import org.opendaylight.protocol.bgp.linkstate.impl.tlvs.ReachTlvParser;
import org.opendaylight.protocol.bgp.linkstate.impl.tlvs.RouterIdTlvParser;
import org.opendaylight.protocol.bgp.linkstate.spi.LinkstateTlvParser;
import org.opendaylight.protocol.bgp.linkstate.spi.LinkstateTlvParser.LinkstateTlvSerializer;
import org.opendaylight.protocol.util.Ipv6Util;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.AsNumber;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.IpPrefix;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.Ipv4AddressNoZone;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.Ipv4Prefix;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.Ipv6Prefix;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.AreaIdentifier;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.DomainIdentifier;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.Ipv4InterfaceIdentifier;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.Ipv6InterfaceIdentifier;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.TopologyIdentifier;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;

/**
 * The descriptors of NLRI, through the parsers that OpenDaylight's bgpcep has for each of them. It
 * is given the octets of one TLV at a time, in a buffer of their own.
 */
final class BgpcepDescriptors {

  private BgpcepDescriptors() {}

  static TlvForm<Long> asn() {
    return number(
        form(
            new AsNumTlvParser(),
            number -> number.getValue().toJava(),
            (Long asn) -> new AsNumber(Uint32.valueOf(asn))));
  }

  static TlvForm<Long> domainId() {
    return number(
        form(
            new DomainIdTlvParser(),
            id -> id.getValue().toJava(),
            (Long id) -> new DomainIdentifier(Uint32.valueOf(id))));
  }

  /** An area of OSPF, which operators write like an address. */
  static TlvForm<Ipv4Address> areaId() {
    return exactly(
        4,
        form(
            new AreaIdTlvParser(),
            id -> new Ipv4Address(id.getValue().intValue()),
            (Ipv4Address area) -> new AreaIdentifier(Uint32.fromIntBits(area.bits()))),
        Ipv4Address::parse);
  }

  static TlvForm<Ipv4Address> bgpRouterId() {
    return exactly(
        4,
        form(
            new BgpRouterIdTlvParser(),
            id -> Ipv4Address.parse(id.getValue()),
            (Ipv4Address id) -> new Ipv4AddressNoZone(id.toString())),
        Ipv4Address::parse);
  }

  static TlvForm<IgpRouterId> igpRouterId() {
    TlvForm<IgpRouterId> form =
        form(new RouterIdTlvParser(), BgpcepRouterId::fromBgpcep, BgpcepRouterId::toBgpcep);
    return new TlvForm<>(TlvForm.between(4, 8), form.reader(), form.writer(), IgpRouterId::parse);
  }

  static TlvForm<LinkIds> linkIds() {
    return exactly(
        8,
        form(
            new LinkIdTlvParser(),
            ids ->
                new LinkIds(
                    ids.getLinkLocalIdentifier().toJava(), ids.getLinkRemoteIdentifier().toJava()),
            BgpcepLinkIds::new),
        LinkIds::parse);
  }

  /** bgpcep has another class, with the same octets, for the far end of the link. */
  static TlvForm<Ipv4Address> ipv4Interface() {
    return exactly(
        4,
        form(
            new Ipv4InterfaceTlvParser(),
            address -> Ipv4Address.parse(address.getValue()),
            (Ipv4Address address) -> new Ipv4InterfaceIdentifier(address.toString())),
        Ipv4Address::parse);
  }

  static TlvForm<Ipv6Address> ipv6Interface() {
    return exactly(
        16,
        form(
            new Ipv6InterfaceTlvParser(),
            address -> Ipv6Address.parse(address.getValue()),
            (Ipv6Address address) -> new Ipv6InterfaceIdentifier(address.toString())),
        Ipv6Address::parse);
  }

  /** One topology. bgpcep does not ignore the reserved bits, as RFC 9552 §5.2.2.1 says. */
  static TlvForm<Integer> topology() {
    TlvForm<Integer> form =
        form(
            new MultiTopoIdTlvParser(),
            id -> id.getValue().toJava(),
            (Integer id) -> new TopologyIdentifier(Uint16.valueOf(id)));
    return exactly(
        2,
        TlvForm.of(
            TlvForm.any(),
            in -> form.reader().read(Unpooled.buffer(2).writeShort(in.readShort() & 0x0FFF)),
            form.writer()),
        text -> (int) numberOf(text, 0x0FFF));
  }

  static TlvForm<OspfRouteType> ospfRouteType() {
    return exactly(
        1,
        form(
            new OspfRouteTlvParser(),
            type -> OspfRouteType.of(type.getIntValue()),
            (OspfRouteType type) ->
                org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate
                    .rev200120.OspfRouteType.forValue(type.number())),
        OspfRouteType::parse);
  }

  static TlvForm<Prefix> ipv4Reachability() {
    TlvForm<Prefix> form =
        form(
            new ReachTlvParser(),
            prefix -> prefix(prefix.getIpv4Prefix().getValue()),
            (Prefix prefix) -> new IpPrefix(new Ipv4Prefix(prefix.toString())));
    return new TlvForm<>(value -> isPrefix(value, 32), form.reader(), form.writer(), Prefix::parse);
  }

  /** The same parser of bgpcep takes short prefixes of IPv6 for IPv4; another of its does not. */
  static TlvForm<Prefix> ipv6Reachability() {
    LinkstateTlvSerializer<IpPrefix> serializer = new ReachTlvParser();
    return new TlvForm<>(
        value -> isPrefix(value, 128),
        in -> prefix(Ipv6Util.prefixForByteBuf(in).getValue()),
        (prefix, out) ->
            serializer.serializeTlvBody(new IpPrefix(new Ipv6Prefix(prefix.toString())), out),
        Prefix::parse);
  }

  private static boolean isPrefix(Bytes value, int mostBits) {
    return !value.isEmpty()
        && value.octet(0) <= mostBits
        && value.length() == 1 + (value.octet(0) + 7) / 8;
  }

  /** bgpcep keeps bits behind the prefix, which say nothing. */
  private static Prefix prefix(String text) {
    int slash = text.indexOf('/');
    int length = Integer.parseInt(text.substring(slash + 1));
    IpAddress address = IpAddress.parse(text.substring(0, slash));
    return new Prefix(address.masked(length), length);
  }

  private static <B, T, P extends LinkstateTlvParser<B> & LinkstateTlvSerializer<B>>
      TlvForm<T> form(P parser, Function<B, T> fromBgpcep, Function<T, B> toBgpcep) {
    return TlvForm.of(
        TlvForm.any(),
        (ByteBuf in) -> {
          B body = parser.parseTlvBody(in);
          return body == null ? null : fromBgpcep.apply(body);
        },
        (value, out) -> parser.serializeTlvBody(toBgpcep.apply(value), out));
  }

  private static TlvForm<Long> number(TlvForm<Long> form) {
    return exactly(4, form, text -> numberOf(text, 0xFFFF_FFFFL));
  }

  private static <T> TlvForm<T> exactly(int octets, TlvForm<T> form, Function<String, T> parser) {
    return new TlvForm<>(TlvForm.exactly(octets), form.reader(), form.writer(), parser);
  }

  private static long numberOf(String text, long most) {
    if (text.matches("[0-9]{1,10}") && Long.parseLong(text) <= most) {
      return Long.parseLong(text);
    }
    throw new IllegalArgumentException("'" + text + "' is not a number of 0 to " + most);
  }
}
