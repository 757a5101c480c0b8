package dev.bugle.bgp.wire.attribute;

import static dev.bugle.bgp.wire.attribute.AttributeFlags.OPTIONAL_NON_TRANSITIVE;
import static dev.bugle.bgp.wire.attribute.AttributeFlags.OPTIONAL_TRANSITIVE;
import static dev.bugle.bgp.wire.attribute.AttributeFlags.WELL_KNOWN;
import static dev.bugle.bgp.wire.attribute.FaultClass.DISCARD;
import static dev.bugle.bgp.wire.attribute.FaultClass.RESET;
import static dev.bugle.bgp.wire.attribute.FaultClass.TREAT_AS_WITHDRAW;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A row of the attribute table: what is generic about an attribute.
 *
 * @param code the attribute type code
 * @param name as the RFC writes it
 * @param flags that it must carry (RFC 7606 §3 (c))
 * @param onFlags what other flags do: treat-as-withdraw, unless its own RFC says something else
 * @param onFault what a fault in its value does (RFC 7606 §7 and the attribute's own RFC)
 * @param place where it may stand; elsewhere it is dropped
 * @param decoder reads the value, which is all that is readable; throws only {@link BgpException}
 */
record AttributeType(
    int code,
    String name,
    AttributeFlags flags,
    FaultClass onFlags,
    FaultClass onFault,
    Place place,
    Decoder decoder) {

  static final int ORIGIN = 1;
  static final int AS_PATH = 2;
  static final int NEXT_HOP = 3;
  static final int MULTI_EXIT_DISC = 4;
  static final int LOCAL_PREF = 5;
  static final int ATOMIC_AGGREGATE = 6;
  static final int AGGREGATOR = 7;
  static final int COMMUNITIES = 8;
  static final int ORIGINATOR_ID = 9;
  static final int CLUSTER_LIST = 10;
  static final int MP_REACH_NLRI = 14;
  static final int MP_UNREACH_NLRI = 15;
  static final int EXTENDED_COMMUNITIES = 16;
  static final int AS4_PATH = 17;
  static final int AS4_AGGREGATOR = 18;
  static final int PMSI_TUNNEL = 22;
  static final int TUNNEL_ENCAPSULATION = 23;
  static final int IPV6_EXTENDED_COMMUNITIES = 25;
  static final int AIGP = 26;
  static final int LARGE_COMMUNITIES = 32;
  static final int ONLY_TO_CUSTOMER = 35;
  static final int PREFIX_SID = 40;
  static final int ATTR_SET = 128;

  /** Reads the value of one attribute. */
  @FunctionalInterface
  interface Decoder {
    PathAttribute decode(ByteBuf value, CodecContext context);
  }

  /** Between which speakers an attribute has a meaning. */
  enum Place {
    ANYWHERE(""),
    /** RFC 7606 §7.5, §7.9, §7.10. */
    WITHIN_AN_AS("has no place between ASes"),
    /** RFC 6793 §4.1. */
    WITH_TWO_OCTET_AS("has no place between speakers of 4-octet AS numbers");

    private final String refusal;

    Place(String refusal) {
      this.refusal = refusal;
    }

    /** What to say of the attribute when it does not belong in this context; empty if it does. */
    String refusal(CodecContext context) {
      boolean belongs =
          switch (this) {
            case ANYWHERE -> true;
            case WITHIN_AN_AS -> !context.external();
            case WITH_TWO_OCTET_AS -> !context.fourOctetAs();
          };
      return belongs ? "" : refusal;
    }
  }

  private static final Map<Integer, AttributeType> ROWS =
      Stream.of(
              row(ORIGIN, "ORIGIN", WELL_KNOWN, TREAT_AS_WITHDRAW, Origin::decode),
              row(AS_PATH, "AS_PATH", WELL_KNOWN, TREAT_AS_WITHDRAW, AsPath::decode),
              row(NEXT_HOP, "NEXT_HOP", WELL_KNOWN, TREAT_AS_WITHDRAW, NextHop::decode),
              row(
                  MULTI_EXIT_DISC,
                  "MULTI_EXIT_DISC",
                  OPTIONAL_NON_TRANSITIVE,
                  TREAT_AS_WITHDRAW,
                  MultiExitDisc::decode),
              row(LOCAL_PREF, "LOCAL_PREF", WELL_KNOWN, TREAT_AS_WITHDRAW, LocalPref::decode)
                  .only(Place.WITHIN_AN_AS),
              row(
                  ATOMIC_AGGREGATE,
                  "ATOMIC_AGGREGATE",
                  WELL_KNOWN,
                  DISCARD,
                  AtomicAggregate::decode),
              row(AGGREGATOR, "AGGREGATOR", OPTIONAL_TRANSITIVE, DISCARD, Aggregator::decode),
              row(
                  COMMUNITIES,
                  "COMMUNITIES",
                  OPTIONAL_TRANSITIVE,
                  TREAT_AS_WITHDRAW,
                  Communities::decode),
              row( // RFC 7606 §7.9
                      ORIGINATOR_ID,
                      "ORIGINATOR_ID",
                      OPTIONAL_NON_TRANSITIVE,
                      TREAT_AS_WITHDRAW,
                      OriginatorId::decode)
                  .only(Place.WITHIN_AN_AS),
              row( // RFC 7606 §7.10
                      CLUSTER_LIST,
                      "CLUSTER_LIST",
                      OPTIONAL_NON_TRANSITIVE,
                      TREAT_AS_WITHDRAW,
                      ClusterList::decode)
                  .only(Place.WITHIN_AN_AS),
              row(MP_REACH_NLRI, "MP_REACH_NLRI", OPTIONAL_NON_TRANSITIVE, RESET, MpReach::decode),
              row(
                  MP_UNREACH_NLRI,
                  "MP_UNREACH_NLRI",
                  OPTIONAL_NON_TRANSITIVE,
                  RESET,
                  MpUnreach::decode),
              row(
                  EXTENDED_COMMUNITIES,
                  "EXTENDED COMMUNITIES",
                  OPTIONAL_TRANSITIVE,
                  TREAT_AS_WITHDRAW,
                  ExtendedCommunities::decode),
              row(AS4_PATH, "AS4_PATH", OPTIONAL_TRANSITIVE, DISCARD, As4Path::decode)
                  .only(Place.WITH_TWO_OCTET_AS),
              row(
                      AS4_AGGREGATOR,
                      "AS4_AGGREGATOR",
                      OPTIONAL_TRANSITIVE,
                      DISCARD,
                      As4Aggregator::decode)
                  .only(Place.WITH_TWO_OCTET_AS),
              row( // RFC 6514 §5
                  PMSI_TUNNEL,
                  "PMSI_TUNNEL",
                  OPTIONAL_TRANSITIVE,
                  TREAT_AS_WITHDRAW,
                  PmsiTunnel::decode),
              row( // RFC 9012 §13
                  TUNNEL_ENCAPSULATION,
                  "TUNNEL_ENCAPSULATION",
                  OPTIONAL_TRANSITIVE,
                  TREAT_AS_WITHDRAW,
                  TunnelEncapsulation::decode),
              row( // RFC 7606 §7.15
                  IPV6_EXTENDED_COMMUNITIES,
                  "IPv6 EXTENDED COMMUNITIES",
                  OPTIONAL_TRANSITIVE,
                  TREAT_AS_WITHDRAW,
                  Ipv6ExtendedCommunities::decode),
              // RFC 7311 §3.2: faults of its flags, too, are no reason to lose the route
              row(AIGP, "AIGP", OPTIONAL_NON_TRANSITIVE, DISCARD, Aigp::decode).onFlags(DISCARD),
              row(
                  LARGE_COMMUNITIES,
                  "LARGE_COMMUNITY",
                  OPTIONAL_TRANSITIVE,
                  TREAT_AS_WITHDRAW,
                  LargeCommunities::decode),
              row(
                  ONLY_TO_CUSTOMER,
                  "OTC",
                  OPTIONAL_TRANSITIVE,
                  TREAT_AS_WITHDRAW,
                  OnlyToCustomer::decode),
              row( // RFC 8669 §6
                  PREFIX_SID, "PREFIX_SID", OPTIONAL_TRANSITIVE, DISCARD, PrefixSid::decode),
              row( // RFC 7606 §7.16
                  ATTR_SET, "ATTR_SET", OPTIONAL_TRANSITIVE, TREAT_AS_WITHDRAW, AttrSet::decode))
          .collect(Collectors.toUnmodifiableMap(AttributeType::code, Function.identity()));

  /** By type code, since it is asked for with each attribute that comes. */
  private static final List<Optional<AttributeType>> TABLE =
      IntStream.rangeClosed(0, 255).mapToObj(code -> Optional.ofNullable(ROWS.get(code))).toList();

  private static AttributeType row(
      int code, String name, AttributeFlags flags, FaultClass onFault, Decoder decoder) {
    return new AttributeType(
        code, name, flags, TREAT_AS_WITHDRAW, onFault, Place.ANYWHERE, decoder);
  }

  private AttributeType only(Place newPlace) {
    return new AttributeType(code, name, flags, onFlags, onFault, newPlace, decoder);
  }

  private AttributeType onFlags(FaultClass newClass) {
    return new AttributeType(code, name, flags, newClass, onFault, place, decoder);
  }

  /** A row for an attribute from outside; its codec is not trusted to have read all. */
  static AttributeType of(AttributeCodec codec) {
    String name = codec.name();
    Decoder whole =
        (field, context) -> {
          ByteBuf value = field.slice();
          PathAttribute attribute = codec.decode(value, context);
          if (value.isReadable()) {
            throw new BgpException(
                BgpError.OPTIONAL_ATTRIBUTE_ERROR,
                name + " ends " + value.readableBytes() + " octets before its length says");
          }
          return attribute;
        };
    return new AttributeType(
        codec.typeCode(),
        name,
        codec.flags(),
        codec.onFlags(),
        codec.onFault(),
        Place.ANYWHERE,
        whole);
  }

  /** The row of this type code, 0 to 255, if the table has one. */
  static Optional<AttributeType> of(int code) {
    return TABLE.get(code);
  }

  /** The attribute's name, or its number. */
  static String nameOf(int code) {
    return of(code).map(AttributeType::name).orElse("attribute " + code);
  }

  /** The flags to keep: its own, with Partial where that has a meaning (RFC 4271 §4.3). */
  AttributeFlags received(AttributeFlags received) {
    return received.isPartial() && flags.equals(OPTIONAL_TRANSITIVE) ? flags.withPartial() : flags;
  }

  /** Checks that the value has exactly this length. */
  static void requireLength(ByteBuf value, int length, String name) {
    if (value.readableBytes() != length) {
      throw new BgpException(
          BgpError.ATTRIBUTE_LENGTH_ERROR,
          name + " has " + value.readableBytes() + " octets, not " + length);
    }
  }

  /** Checks that a received AS number is not 0 (RFC 7607 §2). */
  static void requireAsn(long asn, String name) {
    if (asn == 0) {
      throw new BgpException(BgpError.OPTIONAL_ATTRIBUTE_ERROR, name + " has AS number 0");
    }
  }

  /** Checks that the value is a list of things of this size, and not empty (RFC 7606 §7.8). */
  static void requireMultiple(ByteBuf value, int size, String name) {
    if (!value.isReadable() || value.readableBytes() % size != 0) {
      throw new BgpException(
          BgpError.ATTRIBUTE_LENGTH_ERROR,
          name + " has " + value.readableBytes() + " octets, not a non-zero multiple of " + size);
    }
  }
}
