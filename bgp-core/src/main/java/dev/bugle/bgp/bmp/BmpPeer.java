package dev.bugle.bgp.bmp;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Whose routes a message is about, and which of them: the per-peer header (RFC 7854 §4.2, RFC 8671
 * §4, RFC 9069 §4.2).
 *
 * @param type {@link #GLOBAL}, 1 for an instance with a route distinguisher, 2 for a local one,
 *     {@link #LOC_RIB}; 0 to 255
 * @param flags the octet as on the wire; {@link #IPV6}, {@link #POST_POLICY} and so on, and for the
 *     Loc-RIB {@link #FILTERED}
 * @param distinguisher of the instance; 0 for the global one
 * @param address the peer's; for the Loc-RIB 0.0.0.0
 * @param asn its AS number, 0 to 4294967295
 * @param identifier its BGP Identifier
 * @param time when that happened which is told, in microseconds; the epoch where it is not known
 */
public record BmpPeer(
    int type,
    int flags,
    long distinguisher,
    IpAddress address,
    long asn,
    Ipv4Address identifier,
    Instant time) {

  /** A peer of the global instance. */
  public static final int GLOBAL = 0;

  /** What the router has chosen itself (RFC 9069). */
  public static final int LOC_RIB = 3;

  /** The address is of IPv6. */
  public static final int IPV6 = 0x80;

  /** Of the Loc-RIB: not all of it is told. */
  public static final int FILTERED = 0x80;

  /** As the policy has left it; without this, as it was before. */
  public static final int POST_POLICY = 0x40;

  /** AS_PATH has AS numbers of two octets. */
  public static final int TWO_OCTET_AS = 0x20;

  /** What is told to the peer; without this, what it has told (RFC 8671). */
  public static final int ADJ_RIB_OUT = 0x10;

  private static final int MICROS = 1000;

  /** Checks the ranges, and that the flags are those of the address. */
  public BmpPeer {
    if (type < 0 || type > 0xFF || flags < 0 || flags > 0xFF) {
      throw new IllegalArgumentException(
          "peer type " + type + " or flags " + flags + " are no octet");
    }
    if (asn < 0 || asn > Asn.MAX) {
      throw new IllegalArgumentException("AS number " + asn + " is not in 0 to " + Asn.MAX);
    }
    if (address.isIpv4() != isIpv4(type, flags)) {
      throw new IllegalArgumentException(address + " is not what the flags " + flags + " say");
    }
    if (time.getEpochSecond() < 0
        || time.getEpochSecond() > 0xFFFF_FFFFL
        || time.getNano() % MICROS != 0) {
      throw new IllegalArgumentException(time + " is not in the microseconds of 1970 to 2106");
    }
  }

  /** A peer of the global instance; the flag of the address is set as needed. */
  public static BmpPeer global(
      int flags, IpAddress address, long asn, Ipv4Address identifier, Instant time) {
    return new BmpPeer(
        GLOBAL, flags | (address.isIpv4() ? 0 : IPV6), 0, address, asn, identifier, time);
  }

  /** The Loc-RIB of a router with this AS number and BGP Identifier. */
  public static BmpPeer locRib(long asn, Ipv4Address identifier, Instant time) {
    return new BmpPeer(LOC_RIB, 0, 0, new Ipv4Address(0), asn, identifier, time);
  }

  private static boolean isIpv4(int type, int flags) {
    return type == LOC_RIB || (flags & IPV6) == 0;
  }

  /** The same with this flag. */
  public BmpPeer with(int flag) {
    return new BmpPeer(type, flags | flag, distinguisher, address, asn, identifier, time);
  }

  /** The same at this time; what is finer than microseconds is dropped. */
  public BmpPeer at(Instant moment) {
    return new BmpPeer(type, flags, distinguisher, address, asn, identifier, micros(moment));
  }

  /** The same moment in microseconds, which is how BMP tells it. */
  public static Instant micros(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MICROS);
  }

  /** Whether this flag is set; those above 0x40 mean something else for the Loc-RIB. */
  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  static BmpPeer decode(BmpFields fields) throws MalformedBmpException {
    String what = "the header of the peer";
    int type = fields.octet(what);
    int flags = fields.octet(what);
    long distinguisher = fields.eightOctets(what);
    IpAddress address = fields.address(isIpv4(type, flags), what);
    long asn = fields.fourOctets(what);
    Ipv4Address identifier = fields.identifier(what);
    long seconds = fields.fourOctets(what);
    long micros = fields.fourOctets(what);
    if (micros > 999_999) {
      throw new MalformedBmpException(micros + " microseconds are more than a second");
    }
    Instant time = Instant.ofEpochSecond(seconds, micros * MICROS);
    return new BmpPeer(type, flags, distinguisher, address, asn, identifier, time);
  }

  void encode(ByteBuf out) {
    out.writeByte(type).writeByte(flags).writeLong(distinguisher);
    BmpFields.writeAddress(address, out);
    out.writeInt((int) asn);
    identifier.writeTo(out);
    out.writeInt((int) time.getEpochSecond()).writeInt(time.getNano() / MICROS);
  }

  /** Like {@code 192.0.2.254 AS 65000 (192.0.2.254) Adj-RIB-In pre-policy at …}. */
  @Override
  public String toString() {
    return (type == LOC_RIB ? "Loc-RIB" : address.toString())
        + (type == GLOBAL || type == LOC_RIB ? "" : " type " + type)
        + (distinguisher == 0 ? "" : " of " + Long.toHexString(distinguisher))
        + " AS "
        + asn
        + " ("
        + identifier
        + ")"
        + (type == LOC_RIB ? filtered() : table())
        + " at "
        + time;
  }

  private String filtered() {
    return has(FILTERED) ? " filtered" : "";
  }

  private String table() {
    return (has(ADJ_RIB_OUT) ? " Adj-RIB-Out " : " Adj-RIB-In ")
        + (has(POST_POLICY) ? "post-policy" : "pre-policy")
        + (has(TWO_OCTET_AS) ? " two-octet AS" : "");
  }
}
