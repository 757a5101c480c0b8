package dev.bugle.bgp.linux;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An address on an interface.
 *
 * @param interfaceIndex of the interface
 * @param address the address of this host; not that of the far end, where there is one
 * @param prefixLength of the network that it is said to be in
 * @param protocol who has put it there, where that is said (IFA_PROTO, Linux 5.18 and later), else
 *     0
 * @param isRefused whether another host was found to have it (Duplicate Address Detection, RFC 4862
 *     §5.4)
 */
public record InterfaceAddress(
    int interfaceIndex, InetAddress address, int prefixLength, int protocol, boolean isRefused) {

  static final int RTM_NEWADDR = 20;
  static final int RTM_DELADDR = 21;
  static final int RTM_GETADDR = 22;

  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  // struct ifaddrmsg
  static final int IFADDRMSG = 8;
  private static final int PREFIX_LENGTH = 1;
  private static final int FLAGS = 2;
  private static final int INDEX = 4;
  private static final int RT_SCOPE_HOST = 254;

  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int IFA_CACHEINFO = 6;
  private static final int IFA_FLAGS = 8;
  private static final int IFA_PROTO = 11;

  private static final int IFA_F_NODAD = 0x02;
  private static final int IFA_F_DADFAILED = 0x08;
  private static final int IFA_F_NOPREFIXROUTE = 0x200;

  // struct ifa_cacheinfo: for how long it is preferred, and valid
  private static final int CACHEINFO = 16;
  private static final int FOREVER = -1;
  private static final int NEVER = 0;

  /** Behind one octet, to the next multiple of four. */
  private static final byte[] PADDING = new byte[3];

  /** Checks the ranges. */
  public InterfaceAddress {
    int bits = 8 * address.getAddress().length;
    if (prefixLength < 0 || prefixLength > bits || protocol < 0 || protocol > 255) {
      throw new IllegalArgumentException(
          address + "/" + prefixLength + " of protocol " + protocol + " is no interface's address");
    }
  }

  /** A single address, with the number of who puts it there. */
  public static InterfaceAddress ofHost(int interfaceIndex, InetAddress address, int protocol) {
    return new InterfaceAddress(
        interfaceIndex, address, 8 * address.getAddress().length, protocol, false);
  }

  private boolean isIpv4() {
    return address instanceof Inet4Address;
  }

  /**
   * Reads it; empty when the message is about something else.
   *
   * @throws IllegalArgumentException when the message is not sound
   */
  static Optional<InterfaceAddress> decode(NetlinkMessage message) {
    ByteBuffer body = message.body();
    if (message.type() != RTM_NEWADDR || body.limit() < IFADDRMSG) {
      return Optional.empty();
    }
    // Where there is a far end, IFA_ADDRESS is that one's.
    Optional<ByteBuffer> local =
        message.attribute(IFADDRMSG, IFA_LOCAL).or(() -> message.attribute(IFADDRMSG, IFA_ADDRESS));
    int flags =
        message
            .attribute(IFADDRMSG, IFA_FLAGS)
            .filter(value -> value.limit() >= Integer.BYTES)
            .map(value -> value.getInt(0))
            .orElse(Byte.toUnsignedInt(body.get(FLAGS)));
    int protocol =
        message
            .attribute(IFADDRMSG, IFA_PROTO)
            .filter(value -> value.limit() >= 1)
            .map(value -> Byte.toUnsignedInt(value.get(0)))
            .orElse(0);
    return local
        .flatMap(value -> address(NetlinkMessage.octets(value)))
        .map(
            address ->
                new InterfaceAddress(
                    body.getInt(INDEX),
                    address,
                    Byte.toUnsignedInt(body.get(PREFIX_LENGTH)),
                    protocol,
                    (flags & IFA_F_DADFAILED) != 0));
  }

  private static Optional<InetAddress> address(byte[] octets) {
    try {
      return Optional.of(InetAddress.getByAddress(octets));
    } catch (UnknownHostException noAddress) {
      return Optional.empty(); // neither 4 nor 16 octets
    }
  }

  /**
   * The body of the RTM_NEWADDR that puts it there. It is not to become the source of this host's
   * own connections: an IPv4 address gets the scope of the host; an IPv6 address, whose scope is
   * its own, is deprecated from the start (RFC 4862 §5.5.4), but valid forever. No other host is
   * asked whether it has the same IPv6 address, since for a service in many places one has, and no
   * route to the prefix is made.
   */
  void encodeNew(ByteBuffer out) {
    header(out, isIpv4() ? 0 : IFA_F_NODAD, isIpv4() ? RT_SCOPE_HOST : 0);
    if (!isIpv4()) {
      attribute(out, IFA_FLAGS, Integer.BYTES).putInt(IFA_F_NODAD | IFA_F_NOPREFIXROUTE);
      attribute(out, IFA_CACHEINFO, CACHEINFO).putInt(NEVER).putInt(FOREVER).putInt(0).putInt(0);
    }
    attribute(out, IFA_PROTO, 1).put((byte) protocol).put(PADDING);
  }

  /** The body of the RTM_DELADDR that takes it away. */
  void encodeDelete(ByteBuffer out) {
    header(out, 0, 0);
  }

  private void header(ByteBuffer out, int flags, int scope) {
    byte[] octets = address.getAddress();
    out.put((byte) (isIpv4() ? AF_INET : AF_INET6))
        .put((byte) prefixLength)
        .put((byte) flags)
        .put((byte) scope)
        .putInt(interfaceIndex);
    attribute(out, IFA_LOCAL, octets.length).put(octets);
    attribute(out, IFA_ADDRESS, octets.length).put(octets);
  }

  private static ByteBuffer attribute(ByteBuffer out, int type, int length) {
    return out.putShort((short) (NetlinkMessage.ATTRIBUTE + length)).putShort((short) type);
  }
}
