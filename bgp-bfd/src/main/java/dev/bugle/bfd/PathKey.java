package dev.bugle.bfd;

import dev.bugle.bfd.linux.Datagrams;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What tells the paths of this host apart while the other side does not know our discriminator (RFC
 * 5881 §3, RFC 5883 §4.2). One instance may be filled again and again, to look others up without
 * allocation.
 */
final class PathKey {

  static final InetAddress ANY_IPV4 = IpLiteral.parse("0.0.0.0");
  static final InetAddress ANY_IPV6 = IpLiteral.parse("::");

  private static final long MAPPED_IPV4 = 0xFFFF_0000_0000L;

  private Port port = Port.SINGLE_HOP;
  private long peerHigh;
  private long peerLow;
  private long localHigh;
  private long localLow;

  /** 0 for any. */
  private int interfaceIndex;

  static PathKey of(BfdSessionConfig config, int interfaceIndex) {
    PathKey key = new PathKey();
    key.port = Port.of(config);
    key.peerHigh = high(config.peer());
    key.peerLow = low(config.peer());
    config
        .local()
        .ifPresent(
            local -> {
              key.localHigh = high(local);
              key.localLow = low(local);
            });
    key.interfaceIndex = interfaceIndex;
    return key;
  }

  private static long high(InetAddress address) {
    return address instanceof Inet4Address ? 0 : ByteBuffer.wrap(address.getAddress()).getLong(0);
  }

  private static long low(InetAddress address) {
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address
        ? MAPPED_IPV4 | Integer.toUnsignedLong(octets.getInt(0))
        : octets.getLong(8);
  }

  /** The path that the selected datagram has come by, as exactly as the kernel tells. */
  PathKey fill(Port arrivedOn, Datagrams datagram) {
    port = arrivedOn;
    peerHigh = datagram.sourceHigh();
    peerLow = datagram.sourceLow();
    localHigh = datagram.localHigh();
    localLow = datagram.localLow();
    interfaceIndex = datagram.interfaceIndex();
    return this;
  }

  /** The same from any local address. */
  PathKey toAnyLocal() {
    localHigh = 0;
    localLow = 0;
    return this;
  }

  /** The same on any interface. */
  PathKey onAnyInterface() {
    interfaceIndex = 0;
    return this;
  }

  /** Whether the selected datagram may have come by this path. */
  boolean admits(Port arrivedOn, Datagrams datagram) {
    return port == arrivedOn
        && peerLow == datagram.sourceLow()
        && peerHigh == datagram.sourceHigh()
        && (isAnyLocal() || isLocal(datagram.localHigh(), datagram.localLow()))
        && (interfaceIndex == 0 || interfaceIndex == datagram.interfaceIndex());
  }

  private boolean isLocal(long high, long low) {
    return localHigh == high && localLow == low;
  }

  private boolean isAnyLocal() {
    return localLow == 0 && localHigh == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathKey key
        && port == key.port
        && peerHigh == key.peerHigh
        && peerLow == key.peerLow
        && localHigh == key.localHigh
        && localLow == key.localLow
        && interfaceIndex == key.interfaceIndex;
  }

  @Override
  public int hashCode() {
    return port.number()
        + Long.hashCode(peerHigh * 31 + peerLow)
        + Long.hashCode(localHigh * 31 + localLow) * 17
        + interfaceIndex;
  }
}
