package dev.bugle.bgp.bmp;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import io.netty.buffer.ByteBuf;

/** The octets of one message, read field by field; no length is followed beyond its end. */
final class BmpFields {

  private static final int ADDRESS_LENGTH = 16;
  private static final int IPV4_PADDING = 12;
  private static final int BGP_HEADER_LENGTH = 19;
  private static final int BGP_LENGTH_AT = 16;

  private final ByteBuf in;

  BmpFields(ByteBuf in) {
    this.in = in;
  }

  private void require(int octets, String what) throws MalformedBmpException {
    if (octets > in.readableBytes()) {
      throw new MalformedBmpException(
          what + " needs " + octets + " octets, " + in.readableBytes() + " are left");
    }
  }

  boolean atEnd() {
    return !in.isReadable();
  }

  int octet(String what) throws MalformedBmpException {
    require(1, what);
    return in.readUnsignedByte();
  }

  int twoOctets(String what) throws MalformedBmpException {
    require(2, what);
    return in.readUnsignedShort();
  }

  long fourOctets(String what) throws MalformedBmpException {
    require(4, what);
    return in.readUnsignedInt();
  }

  long eightOctets(String what) throws MalformedBmpException {
    require(8, what);
    return in.readLong();
  }

  Ipv4Address identifier(String what) throws MalformedBmpException {
    require(4, what);
    return new Ipv4Address(in.readInt());
  }

  /** The sixteen octets of an address, of which one of IPv4 is the last four. */
  IpAddress address(boolean ipv4, String what) throws MalformedBmpException {
    require(ADDRESS_LENGTH, what);
    return ipv4
        ? new Ipv4Address(in.skipBytes(IPV4_PADDING).readInt())
        : new Ipv6Address(in.readLong(), in.readLong());
  }

  static void writeAddress(IpAddress address, ByteBuf out) {
    if (address.isIpv4()) {
      out.writeZero(IPV4_PADDING);
    }
    address.writeTo(out);
  }

  Bytes octets(int length, String what) throws MalformedBmpException {
    require(length, what);
    return Bytes.read(in, length);
  }

  Bytes rest() {
    return Bytes.readAll(in);
  }

  /** A BGP message, as long as its own header says. */
  Bytes bgpMessage(String what) throws MalformedBmpException {
    require(BGP_HEADER_LENGTH, what);
    int length = in.getUnsignedShort(in.readerIndex() + BGP_LENGTH_AT);
    if (length < BGP_HEADER_LENGTH) {
      throw new MalformedBmpException(what + " has a length of " + length + " octets");
    }
    return octets(length, what);
  }

  void requireEnd() throws MalformedBmpException {
    if (in.isReadable()) {
      throw new MalformedBmpException(in.readableBytes() + " octets follow the last field");
    }
  }
}
