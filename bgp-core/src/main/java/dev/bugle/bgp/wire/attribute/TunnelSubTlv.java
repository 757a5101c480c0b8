package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** What a tunnel of {@link TunnelEncapsulation} has of one kind (RFC 9012 §3). */
public sealed interface TunnelSubTlv {

  /** 0 to 255; from 128 on the length has two octets. */
  int type();

  /** Appends the value, without type and length. */
  void encode(ByteBuf out);

  /**
   * Reads a value, of which the buffer is a slice. One that its type does not have is kept as
   * octets: RFC 9012 §13 has it treated like one that is not recognised.
   */
  static TunnelSubTlv decode(int type, ByteBuf value) {
    Bytes octets = Bytes.readAll(value.duplicate());
    int length = octets.length();
    return switch (type) {
      case EgressEndpoint.TYPE -> EgressEndpoint.decode(value, octets);
      case Color.TYPE ->
          length == 8 && value.readUnsignedShort() == Color.COMMUNITY
              ? new Color(value.readUnsignedShort(), value.readUnsignedInt())
              : new Other(type, octets);
      case ProtocolType.TYPE ->
          length == 2 ? new ProtocolType(value.readUnsignedShort()) : new Other(type, octets);
      case UdpDestinationPort.TYPE ->
          length == 2 ? new UdpDestinationPort(value.readUnsignedShort()) : new Other(type, octets);
      default -> new Other(type, octets);
    };
  }

  /**
   * Tunnel Egress Endpoint (RFC 9012 §3.1).
   *
   * @param address of the tunnel's other end; empty when that is the next hop of the route
   */
  record EgressEndpoint(Optional<IpAddress> address) implements TunnelSubTlv {

    static final int TYPE = 6;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;

    private static TunnelSubTlv decode(ByteBuf value, Bytes octets) {
      if (octets.length() < 6) {
        return new Other(TYPE, octets);
      }
      value.skipBytes(4); // reserved
      int family = value.readUnsignedShort();
      Bytes address = Bytes.readAll(value);
      if (family == 0 && address.isEmpty()) {
        return new EgressEndpoint(Optional.empty());
      }
      if (family == IPV4 && address.length() == 4) {
        return new EgressEndpoint(Optional.of(Ipv4Address.of(address.toArray())));
      }
      return family == IPV6 && address.length() == 16
          ? new EgressEndpoint(Optional.of(Ipv6Address.of(address.toArray())))
          : new Other(TYPE, octets);
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeInt(0); // reserved
      out.writeShort(address.map(present -> present.isIpv4() ? IPV4 : IPV6).orElse(0));
      address.ifPresent(present -> present.writeTo(out));
    }

    @Override
    public String toString() {
      return "endpoint " + address.map(IpAddress::toString).orElse("next-hop");
    }
  }

  /**
   * Color: the sort of traffic that the tunnel is for, as in the extended community (RFC 9012
   * §3.4.2).
   *
   * @param flags 0 to 65535
   * @param color 0 to 4294967295
   */
  record Color(int flags, long color) implements TunnelSubTlv {

    static final int TYPE = 4;
    private static final int COMMUNITY = 0x030B;

    /** Checks the ranges. */
    public Color {
      if (flags < 0 || flags > 0xFFFF || color < 0 || color > 0xFFFF_FFFFL) {
        throw new IllegalArgumentException(
            "color " + color + " with flags " + flags + " does not fit its fields");
      }
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeShort(COMMUNITY);
      out.writeShort(flags);
      out.writeInt((int) color);
    }

    @Override
    public String toString() {
      return "color " + color + (flags == 0 ? "" : " flags 0x%04x".formatted(flags));
    }
  }

  /**
   * Protocol Type: the payload, as an Ethernet type (RFC 9012 §3.4.1).
   *
   * @param etherType 0 to 65535
   */
  record ProtocolType(int etherType) implements TunnelSubTlv {

    static final int TYPE = 2;

    /** Checks the range. */
    public ProtocolType {
      if (etherType < 0 || etherType > 0xFFFF) {
        throw new IllegalArgumentException("protocol type " + etherType + " is not in 0 to 65535");
      }
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeShort(etherType);
    }

    @Override
    public String toString() {
      return "protocol 0x%04x".formatted(etherType);
    }
  }

  /**
   * UDP Destination Port, where it is not the usual one (RFC 9012 §3.3.2).
   *
   * @param port 0 to 65535
   */
  record UdpDestinationPort(int port) implements TunnelSubTlv {

    static final int TYPE = 8;

    /** Checks the range. */
    public UdpDestinationPort {
      if (port < 0 || port > 0xFFFF) {
        throw new IllegalArgumentException("UDP port " + port + " is not in 0 to 65535");
      }
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeShort(port);
    }

    @Override
    public String toString() {
      return "udp-port " + port;
    }
  }

  /**
   * What has no record of its own here, byte for byte.
   *
   * @param type 0 to 255
   * @param value at most 255 octets, or 65535 from type 128 on
   */
  record Other(int type, Bytes value) implements TunnelSubTlv {

    /** Checks the ranges. */
    public Other {
      if (type < 0 || type > 255 || value.length() > (type < 128 ? 0xFF : 0xFFFF)) {
        throw new IllegalArgumentException(
            "sub-TLV " + type + " with " + value.length() + " octets does not fit its fields");
      }
    }

    @Override
    public void encode(ByteBuf out) {
      value.writeTo(out);
    }

    @Override
    public String toString() {
      return ("type " + type + " " + value).strip();
    }
  }
}
