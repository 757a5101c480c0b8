package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.AddressFamily;
import io.netty.buffer.ByteBuf;

/**
 * A flow specification in a VPN (RFC 8955 §8).
 *
 * @param distinguisher of the VPN
 * @param flow what packets; 4087 octets at most
 */
public record VpnFlowSpec(RouteDistinguisher distinguisher, FlowSpec flow) implements FamilyNlri {

  /** Checks the length. */
  public VpnFlowSpec {
    if (length(flow) > FlowSpec.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a flow specification of " + length(flow) + " octets, not 4095");
    }
  }

  /**
   * Parses {@code 65001:100 flow4 destination 203.0.113.0/24}: a {@link RouteDistinguisher} and a
   * {@link FlowSpec}.
   *
   * @throws IllegalArgumentException saying what is wrong where in the text
   */
  public static VpnFlowSpec parse(String text) {
    return Words.parse(
        text,
        words ->
            new VpnFlowSpec(
                words.next("a route distinguisher", RouteDistinguisher::parse),
                FlowSpec.parse(words)));
  }

  static VpnFlowSpec decode(ByteBuf field, boolean ipv4) {
    ByteBuf octets =
        FamilyCodec.slice(field, FlowSpec.decodeLength(field), "a VPN flow specification");
    FamilyCodec.require(octets, RouteDistinguisher.LENGTH, "a route distinguisher");
    RouteDistinguisher distinguisher = RouteDistinguisher.decode(octets);
    return new VpnFlowSpec(distinguisher, FlowSpec.decodeComponents(octets, ipv4));
  }

  @Override
  public boolean belongsTo(AddressFamily family) {
    return family.equals(
        flow.ipv4() ? AddressFamily.IPV4_FLOWSPEC_VPN : AddressFamily.IPV6_FLOWSPEC_VPN);
  }

  private static int length(FlowSpec flow) {
    return RouteDistinguisher.LENGTH + flow.length();
  }

  @Override
  public void encode(ByteBuf out) {
    FlowSpec.encodeLength(length(flow), out);
    distinguisher.encode(out);
    flow.encodeComponents(out);
  }

  @Override
  public int encodedLength() {
    return FlowSpec.withLength(length(flow));
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return distinguisher + " " + flow;
  }
}
