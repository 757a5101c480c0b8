package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.Ipv4Address;
import io.netty.buffer.Unpooled;

/**
 * By what an IGP knows a node: a router, or the network that a designated router stands for (RFC
 * 9552 §5.2.1.4).
 *
 * @param router the Router ID of OSPF, 4 octets, or the System ID of IS-IS, 6 octets
 * @param pseudonode the address of the designated router's interface in OSPF, 4 octets; the
 *     pseudonode identifier of IS-IS, 1 octet, not zero; empty for a router
 */
public record IgpRouterId(Bytes router, Bytes pseudonode) {

  private static final int OSPF = 4;
  private static final int ISIS = 6;

  /** Checks the lengths. */
  public IgpRouterId {
    int length = pseudonode.length();
    boolean ospf = router.length() == OSPF && (length == 0 || length == OSPF);
    boolean isis =
        router.length() == ISIS && (length == 0 || (length == 1 && pseudonode.octet(0) != 0));
    if (!ospf && !isis) {
      throw new IllegalArgumentException(
          "router " + router + " with pseudonode " + pseudonode + " is neither of OSPF nor IS-IS");
    }
  }

  /** A router of OSPF. */
  public static IgpRouterId ospf(Ipv4Address routerId) {
    return new IgpRouterId(octets(routerId), Bytes.EMPTY);
  }

  /** Whether it is a network in place of a router. */
  public boolean isPseudonode() {
    return !pseudonode.isEmpty();
  }

  /** Whether the IGP is IS-IS. */
  public boolean isIsis() {
    return router.length() == ISIS;
  }

  private static Bytes octets(Ipv4Address address) {
    return Bytes.readAll(Unpooled.buffer(OSPF).writeInt(address.bits()));
  }

  private static String dotted(Bytes octets) {
    return new Ipv4Address(Unpooled.wrappedBuffer(octets.toArray()).readInt()).toString();
  }

  /**
   * Parses what {@link #toString} prints.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static IgpRouterId parse(String text) {
    if (text.matches("[0-9a-fA-F]{4}(\\.[0-9a-fA-F]{4}){2}(-[0-9a-fA-F]{2})?")) {
      String digits = text.replaceAll("[.-]", "");
      return new IgpRouterId(
          Bytes.hex(digits.substring(0, 2 * ISIS)), Bytes.hex(digits.substring(2 * ISIS)));
    }
    int slash = text.indexOf('/');
    if (slash < 0) {
      return ospf(Ipv4Address.parse(text));
    }
    return new IgpRouterId(
        octets(Ipv4Address.parse(text.substring(0, slash))),
        octets(Ipv4Address.parse(text.substring(slash + 1))));
  }

  /**
   * {@code 192.0.2.1} and {@code 192.0.2.1/10.0.0.1} for OSPF, {@code 1920.0000.2001} and {@code
   * 1920.0000.2001-02} for IS-IS, the second of each for a pseudonode.
   */
  @Override
  public String toString() {
    if (!isIsis()) {
      return isPseudonode() ? dotted(router) + "/" + dotted(pseudonode) : dotted(router);
    }
    String digits = router.toString();
    String system =
        digits.substring(0, 4) + "." + digits.substring(4, 8) + "." + digits.substring(8);
    return isPseudonode() ? system + "-" + pseudonode : system;
  }
}
