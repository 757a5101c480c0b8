package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.opendaylight.protocol.bgp.linkstate.impl.attribute.LinkstateAttributeParser;
import org.opendaylight.protocol.bgp.parser.BGPParsingException;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.Attributes1;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.Attributes1Builder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.ProtocolId;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.ObjectType;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.destination.CLinkstateDestinationBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.object.type.LinkCaseBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.object.type.NodeCaseBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.object.type.PrefixCaseBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.path.attribute.link.state.attribute.LinkAttributesCase;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.path.attribute.link.state.attribute.LinkAttributesCaseBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.path.attribute.link.state.attribute.NodeAttributesCase;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.path.attribute.link.state.attribute.NodeAttributesCaseBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.path.attribute.link.state.attribute.PrefixAttributesCase;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.path.attribute.link.state.attribute.PrefixAttributesCaseBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.path.attribute.link.state.attribute.link.attributes._case.LinkAttributes;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.path.attribute.link.state.attribute.link.attributes._case.LinkAttributesBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.path.attribute.link.state.attribute.node.attributes._case.NodeAttributes;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.path.attribute.link.state.attribute.node.attributes._case.NodeAttributesBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.path.attribute.link.state.attribute.prefix.attributes._case.PrefixAttributes;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.linkstate.path.attribute.link.state.attribute.prefix.attributes._case.PrefixAttributesBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.update.attributes.mp.reach.nlri.advertized.routes.destination.type.DestinationLinkstateCaseBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.update.attributes.mp.reach.nlri.advertized.routes.destination.type.destination.linkstate._case.DestinationLinkstateBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.message.rev200120.path.attributes.Attributes;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.message.rev200120.path.attributes.AttributesBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.multiprotocol.rev180329.AttributesReachBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.multiprotocol.rev180329.attributes.reach.MpReachNlriBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.multiprotocol.rev180329.attributes.reach.mp.reach.nlri.AdvertizedRoutesBuilder;

/**
 * The BGP-LS Attribute through the parser that OpenDaylight's bgpcep has for it: given one TLV at a
 * time, in a buffer of its own, and beside an empty NLRI of the kind that the TLV belongs to, by
 * which it chooses what to look for.
 */
final class BgpcepAttribute {

  private static final int EXTENDED_LENGTH = 0x10;

  private BgpcepAttribute() {}

  /** A TLV of nodes: what bgpcep calls it, and how it is told it. */
  static <T> TlvForm<T> node(
      int code, Function<NodeAttributes, T> getter, BiConsumer<NodeAttributesBuilder, T> setter) {
    return TlvForm.of(
        TlvForm.any(),
        in ->
            parsed(code, in, new NodeCaseBuilder().build()).getLinkStateAttribute()
                    instanceof NodeAttributesCase node
                ? getter.apply(node.getNodeAttributes())
                : null,
        (value, out) -> {
          NodeAttributesBuilder builder = new NodeAttributesBuilder();
          setter.accept(builder, value);
          write(
              code,
              new Attributes1Builder()
                  .setLinkStateAttribute(
                      new NodeAttributesCaseBuilder().setNodeAttributes(builder.build()).build()),
              out);
        });
  }

  /** A TLV of links. */
  static <T> TlvForm<T> link(
      int code, Function<LinkAttributes, T> getter, BiConsumer<LinkAttributesBuilder, T> setter) {
    return TlvForm.of(
        TlvForm.any(),
        in ->
            parsed(code, in, new LinkCaseBuilder().build()).getLinkStateAttribute()
                    instanceof LinkAttributesCase link
                ? getter.apply(link.getLinkAttributes())
                : null,
        (value, out) -> {
          LinkAttributesBuilder builder = new LinkAttributesBuilder();
          setter.accept(builder, value);
          write(
              code,
              new Attributes1Builder()
                  .setLinkStateAttribute(
                      new LinkAttributesCaseBuilder().setLinkAttributes(builder.build()).build()),
              out);
        });
  }

  /** A TLV of prefixes. */
  static <T> TlvForm<T> prefix(
      int code,
      Function<PrefixAttributes, T> getter,
      BiConsumer<PrefixAttributesBuilder, T> setter) {
    return TlvForm.of(
        TlvForm.any(),
        in ->
            parsed(code, in, new PrefixCaseBuilder().build()).getLinkStateAttribute()
                    instanceof PrefixAttributesCase prefix
                ? getter.apply(prefix.getPrefixAttributes())
                : null,
        (value, out) -> {
          PrefixAttributesBuilder builder = new PrefixAttributesBuilder();
          setter.accept(builder, value);
          write(
              code,
              new Attributes1Builder()
                  .setLinkStateAttribute(
                      new PrefixAttributesCaseBuilder()
                          .setPrefixAttributes(builder.build())
                          .build()),
              out);
        });
  }

  private static Attributes1 parsed(int code, ByteBuf value, ObjectType kind) {
    ByteBuf attribute = Unpooled.buffer();
    new Tlv(code, Bytes.readAll(value)).write(attribute);
    AttributesBuilder beside = beside(kind);
    try {
      parser().parseAttribute(attribute, beside, null, null);
    } catch (BGPParsingException refused) {
      throw new IllegalArgumentException(refused);
    }
    return beside.augmentation(Attributes1.class);
  }

  /** The rest of an UPDATE, as far as the parser looks at it. */
  private static AttributesBuilder beside(ObjectType kind) {
    var destination =
        new CLinkstateDestinationBuilder()
            .setProtocolId(ProtocolId.IsisLevel2)
            .setObjectType(kind)
            .build();
    var destinations =
        new DestinationLinkstateBuilder().setCLinkstateDestination(List.of(destination)).build();
    var routes =
        new AdvertizedRoutesBuilder()
            .setDestinationType(
                new DestinationLinkstateCaseBuilder().setDestinationLinkstate(destinations).build())
            .build();
    return new AttributesBuilder()
        .addAugmentation(
            new AttributesReachBuilder()
                .setMpReachNlri(new MpReachNlriBuilder().setAdvertizedRoutes(routes).build())
                .build());
  }

  /** Of what bgpcep writes, header and all, the one TLV that is wanted: it adds empty ones. */
  private static void write(int code, Attributes1Builder attribute, ByteBuf out) {
    Attributes attributes = new AttributesBuilder().addAugmentation(attribute.build()).build();
    ByteBuf written = Unpooled.buffer();
    parser().serializeAttribute(attributes, written);
    int flags = written.readUnsignedByte();
    written.skipBytes((flags & EXTENDED_LENGTH) == 0 ? 2 : 3);
    Tlvs.read(written).list().stream()
        .filter(tlv -> tlv.type() == code)
        .forEach(tlv -> tlv.value().writeTo(out));
  }

  /** The registry is for the objects of RSVP in an NLRI type that we keep as octets. */
  private static LinkstateAttributeParser parser() {
    return new LinkstateAttributeParser(true, null);
  }
}
