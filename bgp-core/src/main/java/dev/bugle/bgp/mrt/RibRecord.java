package dev.bugle.bgp.mrt;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.nlri.Families;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One destination and the routes to it, of TABLE_DUMP_V2: RIB_IPV4_UNICAST and the other families
 * of their own, RIB_GENERIC, and the same with path identifiers (RFC 6396 §4.3.2, §4.3.3; RFC 8050
 * §4).
 *
 * <p>Deviates from RFC 8050 §4.2: RIB_GENERIC_ADDPATH has a path identifier in each entry, as the
 * other ADDPATH records do, and not in its NLRI. It is what GoBGP and OpenBGPD read and write.
 *
 * @param sequence counts the records of a dump from 0; 0 to 4294967295
 * @param family of the destination
 * @param destination without a path identifier
 * @param entries the routes, at most 65535; all with a path identifier, or none
 */
public record RibRecord(
    long sequence, AddressFamily family, Nlri destination, List<RibEntry> entries)
    implements MrtBody {

  /** Checks the ranges, and that the entries are of one form, and copies the list. */
  public RibRecord {
    entries = List.copyOf(entries);
    if (sequence < 0 || sequence > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(
          "sequence number " + sequence + " is not in 0 to 4294967295");
    }
    if (destination instanceof PathNlri) {
      throw new IllegalArgumentException(
          destination + " has a path identifier, which belongs to the entries");
    }
    if (entries.size() > 0xFFFF) {
      throw new IllegalArgumentException(
          entries.size() + " entries for " + destination + ": at most 65535 are allowed");
    }
    if (entries.stream().map(RibRecord::isIdentified).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "of the entries for " + destination + " some have a path identifier and some have none");
    }
  }

  private static boolean isIdentified(RibEntry entry) {
    return entry.pathIdentifier().isPresent();
  }

  /** Reads the record; one of a family without a codec is the other that is given. */
  static MrtBody decode(RibForm form, MrtFields fields, MrtBody unknown)
      throws MalformedMrtException {
    long sequence = fields.fourOctets("the sequence number");
    AddressFamily family = form.family().orElse(null);
    if (family == null) {
      family = new AddressFamily(fields.twoOctets("the AFI"), fields.octet("the SAFI"));
    }
    Optional<Nlri> destination;
    try {
      destination = Families.ALL.decodeOne(family, fields.buffer(), RibAttributes.CONTEXT);
    } catch (BgpException fault) {
      throw new MalformedMrtException("the destination: " + fault.found());
    }
    if (destination.isEmpty()) {
      return unknown;
    }
    int count = fields.twoOctets("the count of entries");
    List<RibEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String what = "entry " + i + " of " + count + " for " + destination.get();
      int peer = fields.twoOctets(what);
      long originated = fields.fourOctets(what);
      OptionalLong path =
          form.addPath() ? OptionalLong.of(fields.fourOctets(what)) : OptionalLong.empty();
      ByteBuf attributes = fields.slice(fields.twoOctets(what), "the attributes of " + what);
      entries.add(RibAttributes.decode(attributes, family, peer, originated).identifiedBy(path));
    }
    fields.requireEnd();
    return new RibRecord(sequence, family, destination.get(), entries);
  }

  @Override
  public int type() {
    return TABLE_DUMP_V2;
  }

  private RibForm form() {
    return RibForm.of(family, entries.stream().anyMatch(RibRecord::isIdentified));
  }

  @Override
  public int subtype() {
    return form().subtype();
  }

  @Override
  public void encode(ByteBuf out) {
    out.writeInt((int) sequence);
    if (form().family().isEmpty()) {
      out.writeShort(family.afi());
      out.writeByte(family.safi());
    }
    Families.ALL.encode(family, List.of(destination), out, RibAttributes.CONTEXT);
    out.writeShort(entries.size());
    for (RibEntry entry : entries) {
      out.writeShort(entry.peer());
      out.writeInt((int) entry.originated());
      entry.pathIdentifier().ifPresent(path -> out.writeInt((int) path));
      RibAttributes.encode(entry.attributes(), out);
    }
  }

  /** Like {@code RIB 0 ipv4-unicast 203.0.113.0/24 [peer 0 since …: ORIGIN igp, …]}. */
  @Override
  public String toString() {
    return "RIB " + sequence + " " + family + " " + destination + " " + entries;
  }
}
