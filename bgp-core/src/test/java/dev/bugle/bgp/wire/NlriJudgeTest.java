package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.UpdateMessage;
import dev.bugle.bgp.wire.nlri.EthernetSegmentId;
import dev.bugle.bgp.wire.nlri.EvpnAutoDiscovery;
import dev.bugle.bgp.wire.nlri.EvpnEthernetSegment;
import dev.bugle.bgp.wire.nlri.EvpnInclusiveMulticast;
import dev.bugle.bgp.wire.nlri.EvpnIpPrefix;
import dev.bugle.bgp.wire.nlri.EvpnMacIp;
import dev.bugle.bgp.wire.nlri.EvpnRoute;
import dev.bugle.bgp.wire.nlri.EvpnUnknownRoute;
import dev.bugle.bgp.wire.nlri.Families;
import dev.bugle.bgp.wire.nlri.FlowComponent;
import dev.bugle.bgp.wire.nlri.FlowComponentType;
import dev.bugle.bgp.wire.nlri.FlowMatch;
import dev.bugle.bgp.wire.nlri.FlowMatches;
import dev.bugle.bgp.wire.nlri.FlowPrefix;
import dev.bugle.bgp.wire.nlri.FlowSpec;
import dev.bugle.bgp.wire.nlri.LabelStack;
import dev.bugle.bgp.wire.nlri.LabelledPrefix;
import dev.bugle.bgp.wire.nlri.RouteDistinguisher;
import dev.bugle.bgp.wire.nlri.RouteTargetMembership;
import dev.bugle.bgp.wire.nlri.VpnFlowSpec;
import dev.bugle.bgp.wire.nlri.VpnPrefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Random routes of every family beside unicast, as Wireshark reads them: not malformed, and of the
 * values that we meant. What version 4.0 is known to read otherwise than the RFC has it is left
 * out, and listed in {@link #isKnown}; for these there are the vectors.
 */
class NlriJudgeTest {

  static final List<AddressFamily> FAMILIES = RandomNlri.FAMILIES;

  private static final int ROUTES = 150;
  private static final String EVPN = "bgp.evpn.nlri.";
  private static final String FLOW = "bgp.flowspec_nlri.";

  /** The types of Ethernet segment identifiers that RFC 7432 §5 has are 0 to 5. */
  private static final int SEGMENT_TYPES = 6;

  @TempDir private Path directory;

  @BeforeAll
  static void tsharkIsThere() throws Exception {
    Tshark.require();
  }

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void randomRoutesMeanToOthersWhatTheyMeanToUs(AddressFamily family) throws Exception {
    List<Nlri> routes = new ArrayList<>();
    List<byte[]> messages = new ArrayList<>();
    for (long seed = 0; routes.size() < ROUTES; seed++) {
      RandomNlri random = new RandomNlri(new Random(seed));
      Nlri route = random.of(family);
      boolean withdrawn = seed % 2 == 0;
      if (isKnown(route, withdrawn)) {
        routes.add(route);
        messages.add(withdrawn ? withdrawal(family, route) : announcement(family, route));
      }
    }
    List<String> fields =
        routes.stream().flatMap(route -> values(route).keySet().stream()).distinct().toList();
    List<Map<String, String>> packets = Tshark.ofBgp(directory, true).dissect(messages, fields);
    for (int i = 0; i < routes.size(); i++) {
      assertThat(packets.get(i))
          .as("%s in %s", routes.get(i), Bytes.of(messages.get(i)))
          .containsEntry(Tshark.MALFORMED, "")
          .containsAllEntriesOf(values(routes.get(i)));
    }
  }

  private static byte[] announcement(AddressFamily family, Nlri route) {
    Bytes nextHop = Bytes.of(new byte[nextHopLength(family)]);
    return encode(
        PathAttributes.of(
            new MpReach(family, nextHop, List.of(route)), Origin.IGP, AsPath.sequence(65001L)));
  }

  private static byte[] withdrawal(AddressFamily family, Nlri route) {
    return encode(PathAttributes.of(new MpUnreach(family, List.of(route))));
  }

  private static byte[] encode(PathAttributes attributes) {
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(
        new UpdateMessage(List.of(), attributes, List.of()),
        out,
        CodecContext.INITIAL.withFourOctetAs(true).withNlriCodecs(Families.ALL));
    return Bytes.readAll(out).toArray();
  }

  /** Flow specifications have no next hop. It need not be empty (RFC 8955 §4), but to Wireshark. */
  private static int nextHopLength(AddressFamily family) {
    return switch (family.safi()) {
      case 133, 134 -> 0;
      case 128 -> family.isIpv4() ? 12 : 24;
      case 70, 132 -> 4;
      default -> family.isIpv4() ? 4 : 16;
    };
  }

  /**
   * What Wireshark 4.0 reads otherwise, or not at all: labels of a default route (RFC 8277 §2.2
   * counts the bits of both); the origin alone of a route target that is withdrawn (RFC 4684 §4
   * begins at 32 bits); EVPN routes and Ethernet segments of types that have no meaning yet; and of
   * flow specifications values of four and eight octets and TCP flags of two, behind which it loses
   * its place by what RFC 8955 §4.2.1.1 says of lengths, flow labels (RFC 8956 §3.7), and offsets
   * of IPv6 prefixes, whose octets begin at the offset (RFC 8956 §3.1).
   */
  private static boolean isKnown(Nlri route, boolean withdrawn) {
    if (route instanceof LabelledPrefix labelled) {
      return labelled.prefix().length() > 0;
    }
    if (route instanceof RouteTargetMembership target) {
      return !withdrawn || target.length() == 0 || target.length() > 40;
    }
    if (route instanceof EvpnRoute evpn) {
      return !(evpn instanceof EvpnUnknownRoute)
          && segment(evpn).allMatch(segment -> segment.type() < SEGMENT_TYPES);
    }
    return flow(route).allMatch(NlriJudgeTest::isKnown);
  }

  private static boolean isKnown(FlowComponent component) {
    if (component instanceof FlowPrefix prefix) {
      return prefix.offset() == 0;
    }
    int octets = component.type() == FlowComponentType.TCP_FLAGS ? 1 : 2;
    return component.type() != FlowComponentType.FLOW_LABEL
        && ((FlowMatches) component).matches().stream().allMatch(m -> m.octets() <= octets);
  }

  private static Stream<FlowComponent> flow(Nlri route) {
    if (route instanceof VpnFlowSpec vpn) {
      return vpn.flow().components().stream();
    }
    return route instanceof FlowSpec flow ? flow.components().stream() : Stream.of();
  }

  /** Each field that has a value, as Wireshark writes it. */
  private static Map<String, String> values(Nlri route) {
    if (route instanceof EvpnRoute evpn) {
      return evpn(evpn);
    }
    Map<String, String> values = new HashMap<>();
    if (route instanceof LabelledPrefix labelled) {
      values.put("bgp.label_stack", stack(labelled.labels()));
    } else if (route instanceof VpnPrefix vpn && vpn.prefix().address().isIpv4()) {
      values.put("bgp.label_stack", stack(vpn.labels()));
    }
    List<FlowComponent> components = flow(route).toList();
    if (!components.isEmpty()) {
      values.put(FLOW + "filter_type", joined(components.stream().map(c -> c.type().code())));
      values.put(FLOW + "dec_val_8", numbers(components, 1));
      values.put(FLOW + "dec_val_16", numbers(components, 2));
    }
    return values;
  }

  private static String stack(LabelStack labels) {
    boolean isWithdrawn =
        labels.equals(LabelStack.WITHDRAWN) || labels.entries().equals(List.of(0));
    return isWithdrawn
        ? "0 (withdrawn)"
        : labels.labels().stream().map(String::valueOf).collect(Collectors.joining(","))
            + " (bottom)";
  }

  private static String numbers(List<FlowComponent> components, int octets) {
    return joined(
        components.stream()
            .filter(FlowMatches.class::isInstance)
            .map(FlowMatches.class::cast)
            .filter(NlriJudgeTest::isNumber)
            .flatMap(matches -> matches.matches().stream())
            .filter(match -> match.octets() == octets)
            .map(FlowMatch::value));
  }

  /** The others have fields of their own. */
  private static boolean isNumber(FlowMatches matches) {
    return switch (matches.type()) {
      case TCP_FLAGS, DSCP, FRAGMENT -> false;
      default -> true;
    };
  }

  private static Map<String, String> evpn(EvpnRoute route) {
    Map<String, String> values = new HashMap<>();
    values.put(EVPN + "rt", String.valueOf(route.type()));
    segment(route).forEach(segment -> values.put(EVPN + "esi", octets(segment.octets())));
    if (route instanceof EvpnAutoDiscovery discovery) {
      head(values, discovery.distinguisher(), discovery.tag());
      values.put(EVPN + "mpls_ls1", String.valueOf(discovery.label().bits() >>> 4));
    } else if (route instanceof EvpnMacIp mac) {
      head(values, mac.distinguisher(), mac.tag());
      values.put(EVPN + "mac_addr", mac.mac().toString());
      address(values, mac.ip().stream().toList());
      values.put(EVPN + "mpls_ls1", String.valueOf(mac.labels().get(0).bits() >>> 4));
    } else if (route instanceof EvpnInclusiveMulticast multicast) {
      head(values, multicast.distinguisher(), multicast.tag());
      address(values, List.of(multicast.originator()));
    } else if (route instanceof EvpnEthernetSegment segment) {
      values.put(EVPN + "rd", hex(segment.distinguisher()));
      address(values, List.of(segment.originator()));
    } else if (route instanceof EvpnIpPrefix prefix) {
      head(values, prefix.distinguisher(), prefix.tag());
      values.put(EVPN + "prefix_len", String.valueOf(prefix.prefix().length()));
      address(values, List.of(prefix.prefix().address()));
    }
    return values;
  }

  private static void head(Map<String, String> values, RouteDistinguisher rd, long tag) {
    values.put(EVPN + "rd", hex(rd));
    values.put(EVPN + "etag", String.valueOf(tag));
  }

  private static void address(Map<String, String> values, List<IpAddress> address) {
    values.put(EVPN + "ip.addr", joined(address.stream().filter(IpAddress::isIpv4)));
    values.put(EVPN + "ipv6.addr", joined(address.stream().filter(ip -> !ip.isIpv4())));
  }

  private static Stream<EthernetSegmentId> segment(EvpnRoute route) {
    if (route instanceof EvpnAutoDiscovery discovery) {
      return Stream.of(discovery.segment());
    } else if (route instanceof EvpnMacIp mac) {
      return Stream.of(mac.segment());
    } else if (route instanceof EvpnEthernetSegment segment) {
      return Stream.of(segment.segment());
    } else if (route instanceof EvpnIpPrefix prefix) {
      return Stream.of(prefix.segment());
    }
    return Stream.of();
  }

  private static String hex(RouteDistinguisher distinguisher) {
    return "%016x".formatted(distinguisher.value());
  }

  private static String octets(Bytes octets) {
    return octets.toString().replaceAll("..(?!$)", "$0:");
  }

  private static String joined(Stream<?> values) {
    return values.map(String::valueOf).collect(Collectors.joining("|"));
  }
}
