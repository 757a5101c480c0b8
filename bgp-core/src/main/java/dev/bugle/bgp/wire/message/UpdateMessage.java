package dev.bugle.bgp.wire.message;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PackedPrefixes;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.AttributeDecoder;
import dev.bugle.bgp.wire.attribute.AttributeFault;
import dev.bugle.bgp.wire.attribute.FaultClass;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * UPDATE: routes announced and withdrawn (RFC 4271 §4.3). The fields are as on the wire; {@link
 * #announced} and {@link #withdrawn} join the IPv4 fields with the multiprotocol attributes and
 * apply what RFC 7606 says of faults.
 *
 * @param withdrawnRoutes the Withdrawn Routes field, IPv4 unicast
 * @param attributes the Path Attributes field, without the attributes that had faults
 * @param nlri the NLRI field, IPv4 unicast
 * @param faults that did not end the session; empty in a message that we made
 */
public record UpdateMessage(
    List<Nlri> withdrawnRoutes,
    PathAttributes attributes,
    List<Nlri> nlri,
    List<AttributeFault> faults)
    implements Message {

  /** Octets of an UPDATE with nothing in it: the header and two length fields. */
  public static final int MIN_LENGTH = 23;

  private static final int MP_UNREACH_NLRI = 15;

  /** Copies the lists. */
  public UpdateMessage {
    withdrawnRoutes = PackedPrefixes.copyOf(withdrawnRoutes);
    nlri = PackedPrefixes.copyOf(nlri);
    faults = List.copyOf(faults);
  }

  /** A message without faults. */
  public UpdateMessage(
      List<? extends Nlri> withdrawnRoutes, PathAttributes attributes, List<? extends Nlri> nlri) {
    this(
        PackedPrefixes.copyOf(withdrawnRoutes), attributes, PackedPrefixes.copyOf(nlri), List.of());
  }

  /** The End-of-RIB marker of a family (RFC 4724 §2). */
  public static UpdateMessage endOfRib(AddressFamily family) {
    PathAttributes attributes =
        family.equals(AddressFamily.IPV4_UNICAST)
            ? PathAttributes.EMPTY
            : PathAttributes.of(new MpUnreach(family, List.of()));
    return new UpdateMessage(List.of(), attributes, List.of());
  }

  /** The family whose End-of-RIB marker this is, if it is one. */
  public Optional<AddressFamily> endOfRib() {
    if (!withdrawnRoutes.isEmpty() || !nlri.isEmpty() || !faults.isEmpty()) {
      return Optional.empty();
    }
    if (attributes.isEmpty()) {
      return Optional.of(AddressFamily.IPV4_UNICAST);
    }
    return attributes
        .get(MpUnreach.class)
        .filter(unreach -> unreach.nlri().isEmpty())
        .filter(unreach -> attributes.equals(PathAttributes.of(unreach)))
        .map(MpUnreach::family);
  }

  /** What is reachable after this message, by family. */
  public Map<AddressFamily, List<Nlri>> announced() {
    return isTreatAsWithdraw() ? Map.of() : reachable();
  }

  /**
   * What is no longer reachable after this message, by family. A prefix that it also announces is
   * not among them (RFC 4271 §4.3).
   */
  public Map<AddressFamily, List<Nlri>> withdrawn() {
    Optional<MpUnreach> unreach = attributes.get(MpUnreach.class);
    if (withdrawnRoutes.isEmpty() && unreach.isEmpty() && !isTreatAsWithdraw()) {
      return Map.of();
    }
    Map<AddressFamily, List<Nlri>> result = new LinkedHashMap<>();
    add(result, AddressFamily.IPV4_UNICAST, withdrawnRoutes);
    unreach.ifPresent(mp -> add(result, mp.family(), mp.nlri()));
    reachable()
        .forEach(
            (family, destinations) -> {
              if (result.containsKey(family)) {
                Set<Nlri> announced = new HashSet<>(destinations);
                result.computeIfPresent(family, (same, all) -> without(all, announced::contains));
              }
              if (isTreatAsWithdraw()) {
                add(result, family, destinations);
              }
            });
    result.values().removeIf(List::isEmpty);
    return result;
  }

  /** Whether a fault turned every announcement of this message into a withdrawal (RFC 7606 §2). */
  public boolean isTreatAsWithdraw() {
    return !faults.isEmpty()
        && faults.stream().anyMatch(fault -> fault.faultClass() == FaultClass.TREAT_AS_WITHDRAW);
  }

  private Map<AddressFamily, List<Nlri>> reachable() {
    Optional<MpReach> reach = attributes.get(MpReach.class);
    if (reach.isEmpty()) {
      List<Nlri> meant = meant(nlri);
      return meant.isEmpty() ? Map.of() : Map.of(AddressFamily.IPV4_UNICAST, meant);
    }
    Map<AddressFamily, List<Nlri>> result = new LinkedHashMap<>();
    add(result, AddressFamily.IPV4_UNICAST, nlri);
    add(result, reach.get().family(), reach.get().nlri());
    return result;
  }

  private static void add(
      Map<AddressFamily, List<Nlri>> map, AddressFamily family, List<Nlri> destinations) {
    List<Nlri> meant = meant(destinations);
    if (!meant.isEmpty()) {
      map.merge(family, meant, UpdateMessage::joined);
    }
  }

  /** A malformed destination that is to be skipped is none (RFC 7606 §5.4). */
  private static List<Nlri> meant(List<Nlri> destinations) {
    return destinations instanceof PackedPrefixes // whose prefixes need not be made for this
        ? destinations
        : without(destinations, Nlri::isDiscarded);
  }

  private static List<Nlri> joined(List<Nlri> first, List<Nlri> second) {
    List<Nlri> all = new ArrayList<>(first);
    all.addAll(second);
    return Collections.unmodifiableList(all);
  }

  private static List<Nlri> without(List<Nlri> destinations, Predicate<Nlri> unwanted) {
    return destinations.stream().noneMatch(unwanted)
        ? destinations
        : destinations.stream().filter(unwanted.negate()).toList();
  }

  /** Reads the body; {@link MessageCodec} has checked that it holds the two length fields. */
  static UpdateMessage decode(
      ByteBuf body,
      CodecContext context,
      BiFunction<ByteBuf, CodecContext, AttributeDecoder.Decoded> attributes) {
    int withdrawnLength = body.readUnsignedShort();
    if (withdrawnLength + 2 > body.readableBytes()) {
      throw new BgpException(
          BgpError.MALFORMED_ATTRIBUTE_LIST,
          "withdrawn routes of " + withdrawnLength + " octets are beyond the message");
    }
    ByteBuf withdrawnField =
        withdrawnLength == 0 ? Unpooled.EMPTY_BUFFER : body.readSlice(withdrawnLength);
    int attributesLength = body.readUnsignedShort();
    if (attributesLength > body.readableBytes()) {
      throw new BgpException(
          BgpError.MALFORMED_ATTRIBUTE_LIST,
          "path attributes of " + attributesLength + " octets are beyond the message");
    }
    ByteBuf attributesField = body.readSlice(attributesLength);
    List<Nlri> withdrawnRoutes =
        withdrawnLength == 0 ? List.of() : decodeIpv4(withdrawnField, context);
    // Before the attributes: a route must be known to be treated as withdrawn (RFC 7606 §5.1).
    List<Nlri> nlri = body.isReadable() ? decodeIpv4(body, context) : List.of();
    AttributeDecoder.Decoded decoded = attributes.apply(attributesField, context);
    List<AttributeFault> faults = withMissing(decoded, nlri);
    UpdateMessage update = new UpdateMessage(withdrawnRoutes, decoded.attributes(), nlri, faults);
    update.requireDestinations();
    return update;
  }

  private static List<Nlri> decodeIpv4(ByteBuf field, CodecContext context) {
    return context.nlriCodecs().decode(AddressFamily.IPV4_UNICAST, field, context);
  }

  private static void encodeIpv4(List<Nlri> routes, ByteBuf out, CodecContext context) {
    context.nlriCodecs().encode(AddressFamily.IPV4_UNICAST, routes, out, context);
  }

  /**
   * RFC 7606 §5.2: where a fault would withdraw the routes of the message and there are none, they
   * may be what was malformed, and only a reset is safe.
   */
  private void requireDestinations() {
    if (faults.isEmpty()) {
      return;
    }
    boolean onlyMpUnreach =
        attributes.without(MP_UNREACH_NLRI).isEmpty()
            && faults.stream().allMatch(fault -> fault.typeCode() == MP_UNREACH_NLRI);
    if (onlyMpUnreach || !reachable().isEmpty()) {
      return;
    }
    for (AttributeFault fault : faults) {
      if (fault.faultClass() == FaultClass.TREAT_AS_WITHDRAW) {
        throw new BgpException(fault.error(), fault + ", and no routes to withdraw are known");
      }
    }
  }

  /**
   * The faults of the attributes, and those of what must be there and is not: without it a route is
   * no route (RFC 4271 §5, RFC 7606 §3 (d)).
   */
  private static List<AttributeFault> withMissing(
      AttributeDecoder.Decoded decoded, List<Nlri> nlri) {
    PathAttributes attributes = decoded.attributes();
    boolean announces =
        !nlri.isEmpty()
            || attributes.get(MpReach.class).filter(reach -> !reach.nlri().isEmpty()).isPresent();
    boolean complete =
        attributes.get(Origin.class).isPresent()
            && attributes.get(AsPath.class).isPresent()
            && (nlri.isEmpty() || attributes.get(NextHop.class).isPresent());
    if (!announces || complete) {
      return decoded.faults();
    }
    List<AttributeFault> faults = new ArrayList<>(decoded.faults());
    require(attributes, Origin.class, 1, faults);
    require(attributes, AsPath.class, 2, faults);
    if (!nlri.isEmpty()) {
      require(attributes, NextHop.class, 3, faults);
    }
    return faults;
  }

  private static void require(
      PathAttributes attributes,
      Class<? extends PathAttribute> type,
      int typeCode,
      List<AttributeFault> faults) {
    boolean alreadyFaulty = faults.stream().anyMatch(fault -> fault.typeCode() == typeCode);
    if (attributes.get(type).isEmpty() && !alreadyFaulty) {
      faults.add(
          new AttributeFault(
              typeCode,
              FaultClass.TREAT_AS_WITHDRAW,
              BgpError.MISSING_WELL_KNOWN_ATTRIBUTE.withData(Bytes.ofInts(typeCode)),
              "is missing"));
    }
  }

  void encode(ByteBuf out, CodecContext context) {
    int withdrawnStart = out.writerIndex();
    out.writeShort(0);
    encodeIpv4(withdrawnRoutes, out, context);
    int attributesStart = out.writerIndex();
    out.setShort(withdrawnStart, attributesStart - withdrawnStart - 2);
    out.writeShort(0);
    attributes.encode(out, context);
    out.setShort(attributesStart, out.writerIndex() - attributesStart - 2);
    encodeIpv4(nlri, out, context);
  }

  @Override
  public MessageType type() {
    return MessageType.UPDATE;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("UPDATE");
    endOfRib().ifPresent(family -> text.append(" End-of-RIB ").append(family));
    if (!withdrawnRoutes.isEmpty()) {
      text.append(" withdrawn ").append(withdrawnRoutes);
    }
    if (!nlri.isEmpty()) {
      text.append(" nlri ").append(nlri);
    }
    if (!attributes.isEmpty() && endOfRib().isEmpty()) {
      text.append(" with ").append(attributes);
    }
    faults.forEach(fault -> text.append("; ").append(fault));
    return text.toString();
  }
}
