package dev.bugle.bgp.wire;

import dev.bugle.bgp.rib.AsPathExpression;
import dev.bugle.bgp.rib.PrefixList;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.ExtendedCommunity;
import dev.bugle.bgp.wire.attribute.Ipv6ExtendedCommunity;
import dev.bugle.bgp.wire.attribute.LargeCommunity;
import dev.bugle.bgp.wire.nlri.EthernetSegmentId;
import dev.bugle.bgp.wire.nlri.EvpnRoute;
import dev.bugle.bgp.wire.nlri.FlowSpec;
import dev.bugle.bgp.wire.nlri.LabelStack;
import dev.bugle.bgp.wire.nlri.LabelledPrefix;
import dev.bugle.bgp.wire.nlri.MacAddress;
import dev.bugle.bgp.wire.nlri.RouteDistinguisher;
import dev.bugle.bgp.wire.nlri.RouteTargetMembership;
import dev.bugle.bgp.wire.nlri.VpnFlowSpec;
import dev.bugle.bgp.wire.nlri.VpnPrefix;
import java.util.List;
import java.util.function.Function;

/**
 * What people write, and its parser.
 *
 * @param examples where a fuzzer begins
 */
record TextNotation(String name, Function<String, Object> parser, List<String> examples) {

  /** All. Their order is part of the corpus: add at the end. */
  static final List<TextNotation> ALL =
      List.of(
          notation("address", IpAddress::parse, "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"),
          notation("prefix", Prefix::parse, "203.0.113.0/24", "2001:db8::/32"),
          notation("as", Asn::parse, "65001", "64086.59905"),
          notation("family", AddressFamily::parse, "ipv4-unicast", "16388/71"),
          notation("community", Community::parse, "65001:100", "no-export", "graceful-shutdown"),
          notation("large community", LargeCommunity::parse, "65001:1:2"),
          notation(
              "extended community",
              ExtendedCommunity::parse,
              "rt:65001:7",
              "soo:192.0.2.1:7",
              "color:01:100",
              "link-bandwidth:65001:0.5",
              "traffic-action:sample",
              "mac-mobility:sticky:7",
              "es-import:02:00:5e:00:53:01",
              "0x80090000000000ff"),
          notation("ipv6 extended community", Ipv6ExtendedCommunity::parse, "rt:[2001:db8::1]:7"),
          notation(
              "as path",
              AsPath::parse,
              "65001 65002",
              "65001 {65003,65004}",
              "(65005 65006) [65007] 1.10"),
          notation("labels", LabelStack::parse, "100/200"),
          notation("labelled", LabelledPrefix::parse, "203.0.113.0/24 label 100"),
          notation("distinguisher", RouteDistinguisher::parse, "65001:7", "192.0.2.1:7"),
          notation(
              "vpn",
              VpnPrefix::parse,
              "65001:7:203.0.113.0/24 label 100",
              "4200000001:7:::/0 label 1/2"),
          notation(
              "route target",
              RouteTargetMembership::parse,
              "default",
              "65001:rt:65001:100",
              "65001:0x0002fde900000000/64"),
          notation(
              "flow",
              FlowSpec::parse,
              "flow4 destination 192.0.2.0/24 protocol =6 port >=137&<=139|=8080",
              "flow6 destination 0:0:1:2:ff::/32-80 flow-label =7",
              "flow4 tcp-flags =SYN fragment dont-fragment+first-fragment"),
          notation("vpn flow", VpnFlowSpec::parse, "65001:7 flow4 port false80|true81"),
          notation("mac", MacAddress::parse, "02:00:5e:00:53:01"),
          notation("segment", EthernetSegmentId::parse, "0", "03:02:00:5e:00:53:01:00:00:07"),
          notation(
              "evpn",
              EvpnRoute::parse,
              "mac-ip 65001:100 esi 0 tag 0 mac 02:00:5e:00:53:01 ip 192.0.2.1 label 100 label"
                  + " 16777215",
              "multicast 192.0.2.1:7 tag 5 ip 2001:db8::1",
              "prefix 65001:100 esi 0 tag 0 203.0.0.0/16 gateway 192.0.2.1 label 100",
              "segment 65001:7 esi 0 ip ::1",
              "auto-discovery 65001:1 esi 0 tag 1 label 0",
              "route-type 9 0x010203"),
          notation(
              "as path expression",
              AsPathExpression::parse,
              "^65001 .* (65002|65003+)?$",
              "64512-65534"),
          notation("prefix list entry", PrefixList.Entry::parse, "203.0.113.0/24 ge 25 le 32"));

  private static TextNotation notation(
      String name, Function<String, Object> parser, String... examples) {
    return new TextNotation(name, parser, List.of(examples));
  }

  /** What is read is printed so that it is read the same again; the rest is refused with words. */
  void read(String text) {
    Object value;
    try {
      value = parser.apply(text);
    } catch (IllegalArgumentException refused) {
      if (refused.getClass() != IllegalArgumentException.class || refused.getMessage().isBlank()) {
        throw new AssertionError("no answer to " + name + " " + text, refused);
      }
      return;
    }
    Object again = parser.apply(value.toString());
    if (!again.equals(value)) {
      throw new AssertionError(name + " " + text + ": " + value + " became " + again);
    }
  }
}
