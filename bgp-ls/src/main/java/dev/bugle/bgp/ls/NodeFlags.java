package dev.bugle.bgp.ls;

import java.util.ArrayList;
import java.util.List;

/**
 * What an IGP says of a node in single bits (RFC 9552 §5.3.1.1). bgpcep gives them each other's
 * names, so they are read here.
 *
 * @param octet 0 to 255
 */
public record NodeFlags(int octet) {

  static final TlvForm<NodeFlags> FORM =
      TlvForm.of(
          TlvForm.exactly(1),
          in -> new NodeFlags(in.readUnsignedByte()),
          (flags, out) -> out.writeByte(flags.octet()));

  private static final int DEFINED = 0xFC;

  /** Checks the range. */
  public NodeFlags {
    if (octet < 0 || octet > 255) {
      throw new IllegalArgumentException("node flags " + octet + " are not in 0 to 255");
    }
  }

  /** Whether traffic should not go through it. */
  public boolean isOverloaded() {
    return (octet & 0x80) != 0;
  }

  /** Whether it is attached to Level 2. */
  public boolean isAttached() {
    return (octet & 0x40) != 0;
  }

  /** Whether it brings routes from outside into OSPF. */
  public boolean isExternal() {
    return (octet & 0x20) != 0;
  }

  /** Whether it is at the border of areas. */
  public boolean isAreaBorder() {
    return (octet & 0x10) != 0;
  }

  /** Whether it is a router, in OSPFv3. */
  public boolean isRouter() {
    return (octet & 0x08) != 0;
  }

  /** Whether it forwards IPv6, in OSPFv3. */
  public boolean isIpv6() {
    return (octet & 0x04) != 0;
  }

  /** Like {@code overload|area-border}, or {@code none}. */
  @Override
  public String toString() {
    List<String> set = new ArrayList<>();
    String[] names = {"overload", "attached", "external", "area-border", "router", "ipv6"};
    for (int bit = 0; bit < names.length; bit++) {
      if ((octet & (0x80 >> bit)) != 0) {
        set.add(names[bit]);
      }
    }
    if ((octet & ~DEFINED) != 0) {
      set.add("0x%02x".formatted(octet & ~DEFINED));
    }
    return set.isEmpty() ? "none" : String.join("|", set);
  }
}
