package dev.bugle.bgp;

import dev.bugle.bgp.wire.Prefix;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The socket options of Linux that protect connections, on a channel of Netty's epoll transport.
 * They are system calls on its descriptor, and may be made from any thread.
 *
 * <p>Netty's sockets are of IPv6, and carry IPv4 as well, unless the system has no IPv6: what is
 * about IPv4 works on both.
 */
final class SocketOptions {

  private static final int SOL_SOCKET = 1;
  private static final int IPPROTO_IP = 0;
  private static final int IPPROTO_TCP = 6;
  private static final int IPPROTO_IPV6 = 41;

  private static final int AF_INET6 = 10;

  /** With the zero at its end. */
  private static final int INTERFACE_NAME_LENGTH = 16;

  private static final ChannelOption<Integer> IP_TTL =
      new IntegerUnixChannelOption("IP_TTL", IPPROTO_IP, 2);
  private static final ChannelOption<Integer> IP_MINTTL =
      new IntegerUnixChannelOption("IP_MINTTL", IPPROTO_IP, 21);
  private static final ChannelOption<Integer> IPV6_UNICAST_HOPS =
      new IntegerUnixChannelOption("IPV6_UNICAST_HOPS", IPPROTO_IPV6, 16);
  private static final ChannelOption<Integer> IPV6_MINHOPCOUNT =
      new IntegerUnixChannelOption("IPV6_MINHOPCOUNT", IPPROTO_IPV6, 73);
  private static final ChannelOption<Integer> SO_DOMAIN =
      new IntegerUnixChannelOption("SO_DOMAIN", SOL_SOCKET, 39);
  private static final ChannelOption<Integer> TCP_SAVE_SYN =
      new IntegerUnixChannelOption("TCP_SAVE_SYN", IPPROTO_TCP, 27);
  private static final ChannelOption<ByteBuffer> TCP_SAVED_SYN =
      new RawUnixChannelOption("TCP_SAVED_SYN", IPPROTO_TCP, 28, 256);
  private static final ChannelOption<Integer> IP_PKTINFO =
      new IntegerUnixChannelOption("IP_PKTINFO", IPPROTO_IP, 8);
  private static final ChannelOption<ByteBuffer> IP_PKTOPTIONS =
      new RawUnixChannelOption("IP_PKTOPTIONS", IPPROTO_IP, 9, 64);
  private static final ChannelOption<Integer> IPV6_RECVPKTINFO =
      new IntegerUnixChannelOption("IPV6_RECVPKTINFO", IPPROTO_IPV6, 49);
  private static final ChannelOption<ByteBuffer> IPV6_2292PKTOPTIONS =
      new RawUnixChannelOption("IPV6_2292PKTOPTIONS", IPPROTO_IPV6, 6, 64);
  private static final ChannelOption<ByteBuffer> SO_BINDTODEVICE =
      new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, 25, INTERFACE_NAME_LENGTH);
  private static final ChannelOption<ByteBuffer> TCP_MD5SIG =
      new RawUnixChannelOption("TCP_MD5SIG", IPPROTO_TCP, 14, KeyStructures.MD5_LENGTH);

  private static final ChannelOption<ByteBuffer> TCP_MD5SIG_EXT =
      new RawUnixChannelOption("TCP_MD5SIG_EXT", IPPROTO_TCP, 32, KeyStructures.MD5_LENGTH);
  private static final ChannelOption<ByteBuffer> TCP_AO_ADD_KEY =
      new RawUnixChannelOption("TCP_AO_ADD_KEY", IPPROTO_TCP, 38, KeyStructures.AO_ADD_LENGTH);
  private static final ChannelOption<ByteBuffer> TCP_AO_DEL_KEY =
      new RawUnixChannelOption("TCP_AO_DEL_KEY", IPPROTO_TCP, 39, KeyStructures.AO_DELETE_LENGTH);

  private final Channel channel;

  private SocketOptions(Channel channel) {
    this.channel = channel;
  }

  static SocketOptions of(Channel channel) {
    return new SocketOptions(channel);
  }

  /** The TTL of what is sent over IPv4, and the Hop Limit over IPv6. */
  void ttl(boolean ipv4, int ttl) {
    set(ipv4 ? IP_TTL : IPV6_UNICAST_HOPS, ttl, "TTL " + ttl);
  }

  int ttl(boolean ipv4) {
    return channel.config().getOption(ipv4 ? IP_TTL : IPV6_UNICAST_HOPS);
  }

  /** What arrives with less is dropped by the system. */
  void leastTtl(boolean ipv4, int least) {
    set(ipv4 ? IP_MINTTL : IPV6_MINHOPCOUNT, least, "TTL security");
  }

  int leastTtl(boolean ipv4) {
    return channel.config().getOption(ipv4 ? IP_MINTTL : IPV6_MINHOPCOUNT);
  }

  /** What answers a peer that connects must be able to come from far, and pass for near. */
  void farthestTtl() {
    ttl(true, TtlRule.MAX_TTL);
    if (isIpv6()) {
      ttl(false, TtlRule.MAX_TTL);
    }
  }

  void interfaceName(String name) {
    ByteBuffer padded = ByteBuffer.allocate(INTERFACE_NAME_LENGTH);
    padded.put(name.getBytes(StandardCharsets.US_ASCII)).rewind();
    set(SO_BINDTODEVICE, padded, "interface " + name);
  }

  /** The interface that the socket is bound to. */
  Optional<String> interfaceName() {
    ByteBuffer padded = channel.config().getOption(SO_BINDTODEVICE);
    String name = StandardCharsets.US_ASCII.decode(padded).toString();
    int end = name.indexOf('\0');
    return Optional.of(end < 0 ? name : name.substring(0, end)).filter(bound -> !bound.isEmpty());
  }

  /** A listening socket keeps the SYN of each connection, for {@link #synTtl}. */
  void saveSyn() {
    set(TCP_SAVE_SYN, 1, "TTL security");
  }

  /**
   * What the SYN of an accepted connection arrived with, the first time that it is asked; empty
   * where the system keeps none, as under a flood of them.
   */
  OptionalInt synTtl() {
    ByteBuffer header = channel.config().getOption(TCP_SAVED_SYN);
    return switch (header.get(0) >> 4) {
      case 4 -> OptionalInt.of(Byte.toUnsignedInt(header.get(8)));
      case 6 -> OptionalInt.of(Byte.toUnsignedInt(header.get(7)));
      default -> OptionalInt.empty();
    };
  }

  /** The index of the interface that an accepted connection came in on; 0: unknown. */
  int arrivedOn(boolean ipv4) {
    ChannelOption<Integer> wanted = ipv4 ? IP_PKTINFO : IPV6_RECVPKTINFO;
    set(wanted, 1, "interface");
    ByteBuffer control = channel.config().getOption(ipv4 ? IP_PKTOPTIONS : IPV6_2292PKTOPTIONS);
    set(wanted, 0, "interface"); // else the system would keep it of each packet
    // The header of a control message, and for IPv6 the address before the index.
    return control.order(ByteOrder.nativeOrder()).getInt(2 * Long.BYTES + (ipv4 ? 0 : 16));
  }

  /** What these peers send must be signed with the key, and what we send to them is. */
  void sign(Prefix peers, TcpAuthentication authentication, TcpKey key) {
    KeyStructures structures = new KeyStructures(peers, isIpv6());
    if (authentication instanceof TcpAo ao) {
      setSecret(TCP_AO_ADD_KEY, structures.ao(ao, key), authentication);
    } else {
      setSecret(md5Option(structures), structures.md5(key), authentication);
    }
  }

  /** There is no key for these peers any more. */
  void doNotSign(Prefix peers, TcpAuthentication authentication) {
    KeyStructures structures = new KeyStructures(peers, isIpv6());
    if (authentication instanceof TcpAo ao) {
      set(TCP_AO_DEL_KEY, structures.withoutAo(ao), authentication.toString());
    } else {
      set(md5Option(structures), structures.withoutMd5(), authentication.toString());
    }
  }

  private static ChannelOption<ByteBuffer> md5Option(KeyStructures structures) {
    return structures.isRange() ? TCP_MD5SIG_EXT : TCP_MD5SIG;
  }

  private boolean isIpv6() {
    return channel.config().getOption(SO_DOMAIN) == AF_INET6;
  }

  private void setSecret(
      ChannelOption<ByteBuffer> option, ByteBuffer structure, TcpAuthentication authentication) {
    try {
      set(option, structure, authentication.toString());
    } finally {
      structure.clear().put(new byte[structure.capacity()]);
    }
  }

  private <T> void set(ChannelOption<T> option, T value, String protection) {
    try {
      if (!channel.config().setOption(option, value)) {
        throw ProtectionException.cannotApply(
            protection, "this kind of socket has no " + option.name());
      }
    } catch (ChannelException refused) {
      throw ProtectionException.of(protection, option.name(), refused);
    }
  }
}
