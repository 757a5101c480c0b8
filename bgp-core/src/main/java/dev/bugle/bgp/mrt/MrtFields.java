package dev.bugle.bgp.mrt;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import io.netty.buffer.ByteBuf;

/** The octets of one record, read field by field; no length is followed beyond its end. */
final class MrtFields {

  static final int IPV4_AFI = 1;
  static final int IPV6_AFI = 2;

  private final ByteBuf in;

  MrtFields(ByteBuf in) {
    this.in = in;
  }

  private void require(long octets, String what) throws MalformedMrtException {
    if (octets > in.readableBytes()) {
      throw new MalformedMrtException(
          what + " needs " + octets + " octets, " + in.readableBytes() + " are left");
    }
  }

  boolean atEnd() {
    return !in.isReadable();
  }

  int octet(String what) throws MalformedMrtException {
    require(1, what);
    return in.readUnsignedByte();
  }

  int twoOctets(String what) throws MalformedMrtException {
    require(2, what);
    return in.readUnsignedShort();
  }

  long fourOctets(String what) throws MalformedMrtException {
    require(4, what);
    return in.readUnsignedInt();
  }

  /** An AS number of four octets, or of two. */
  long asn(boolean fourOctets, String what) throws MalformedMrtException {
    return fourOctets ? fourOctets(what) : twoOctets(what);
  }

  IpAddress address(boolean ipv4, String what) throws MalformedMrtException {
    require(ipv4 ? 4 : 16, what);
    return ipv4 ? new Ipv4Address(in.readInt()) : new Ipv6Address(in.readLong(), in.readLong());
  }

  /** That many octets, as a slice. */
  ByteBuf slice(int length, String what) throws MalformedMrtException {
    require(length, what);
    return in.readSlice(length);
  }

  Bytes rest() {
    return Bytes.readAll(in);
  }

  /** The octets that are left, to be read by a decoder that says how many it took. */
  ByteBuf buffer() {
    return in;
  }

  void requireEnd() throws MalformedMrtException {
    if (in.isReadable()) {
      throw new MalformedMrtException(in.readableBytes() + " octets follow the last field");
    }
  }
}
