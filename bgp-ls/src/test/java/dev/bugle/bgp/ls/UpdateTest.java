package dev.bugle.bgp.ls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AttributeFault;
import dev.bugle.bgp.wire.attribute.FaultClass;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole UPDATEs: what a fault in one part does to the others (RFC 9552 §8.2.2). */
class UpdateTest {

  private static final CodecContext CONTEXT = LinkStateVector.CONTEXT;
  private static final NodeNlri NODE = Topology.node(1);
  private static final String MARKER = "ff".repeat(16);

  @Test
  void aTopologyComesBackAsItWasSent() {
    for (UpdateMessage update : Topology.updates()) {
      ByteBuf out = Unpooled.buffer();
      MessageCodec.encode(update, out, CONTEXT);
      Bytes written = Bytes.readAll(out.duplicate());
      Message read = MessageCodec.decodeNext(out, CONTEXT).orElseThrow();
      assertThat(read).isEqualTo(update);
      ByteBuf again = Unpooled.buffer();
      MessageCodec.encode(read, again, CONTEXT);
      assertThat(Bytes.readAll(again)).isEqualTo(written);
    }
  }

  @Test
  void whatIsKnownOfANodeIsReadByItsRows() {
    UpdateMessage update = read(Topology.updates().get(0));
    LinkStateAttribute known = update.attributes().get(LinkStateAttribute.class).orElseThrow();
    assertThat(known.get(NodeTlv.NAME)).hasValue("leaf1");
    assertThat(known.get(NodeTlv.FLAGS).orElseThrow().isOverloaded()).isTrue();
    assertThat(known.get(NodeTlv.FLAGS).orElseThrow().isAreaBorder()).isFalse();
    assertThat(known.get(LinkTlv.IGP_METRIC)).isEmpty();
    assertThat(known.all(NodeTlv.ISIS_AREA)).containsExactly(Bytes.hex("490001"));
    NodeNlri node = (NodeNlri) update.announced().get(LinkState.FAMILY).get(0);
    assertThat(node.node().orElseThrow().asn()).hasValue(65010);
    assertThat(node.node().orElseThrow().igpRouterId().orElseThrow().isPseudonode()).isFalse();
    assertThat(node.source().protocol()).isEqualTo(ProtocolId.ISIS_LEVEL_2);
  }

  @Test
  void aMalformedAttributeIsDroppedAndTheRouteStands() {
    PathAttributes attributes = Topology.announcing(List.of(NODE), LinkStateAttribute.of());
    ByteBuf out = encoded(new UpdateMessage(List.of(), attributes, List.of()));
    UpdateMessage update = readAs(out, "801d00", "801d0404470000");
    assertThat(update.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.faultClass()).isEqualTo(FaultClass.DISCARD);
              assertThat(fault.found()).isEqualTo("igp-metric (TLV 1095) is malformed: 0x");
            });
    assertThat(update.attributes().get(LinkStateAttribute.class)).isEmpty();
    assertThat(update.announced().get(LinkState.FAMILY)).containsExactly(NODE);
  }

  @Test
  void theFlagsOfTheAttributeAreChecked() { // RFC 7606 §3 (c)
    PathAttributes attributes = Topology.announcing(List.of(NODE), LinkStateAttribute.of());
    ByteBuf out = encoded(new UpdateMessage(List.of(), attributes, List.of()));
    UpdateMessage update = readAs(out, "801d00", "c01d00");
    assertThat(update.faults())
        .extracting(AttributeFault::faultClass)
        .containsExactly(FaultClass.TREAT_AS_WITHDRAW);
    assertThat(update.withdrawn().get(LinkState.FAMILY)).containsExactly(NODE);
  }

  @Test
  void aMalformedNlriIsSkippedAndItsNeighboursAreRead() {
    Nlri malformed =
        LinkStateNlri.decode(Unpooled.wrappedBuffer(Bytes.hex("00010003020000").toArray()));
    List<Nlri> three = List.of(NODE, malformed, Topology.node(2));
    PathAttributes attributes = Topology.announcing(three, LinkStateAttribute.of());
    UpdateMessage update = read(new UpdateMessage(List.of(), attributes, List.of()));
    assertThat(update.faults()).isEmpty();
    assertThat(update.attributes().get(MpReach.class).orElseThrow().nlri()).isEqualTo(three);
    assertThat(update.announced().get(LinkState.FAMILY)).containsExactly(NODE, Topology.node(2));
    MpUnreach unreach = new MpUnreach(LinkState.FAMILY, three);
    assertThat(
            read(new UpdateMessage(List.of(), PathAttributes.of(unreach), List.of())).withdrawn())
        .containsEntry(LinkState.FAMILY, List.of(NODE, Topology.node(2)));
  }

  @Test
  void anNlriThatEndsBehindItsFieldEndsTheSession() { // nobody knows where the next begins
    for (String field : List.of("0001 0004 020000", "0001 00", "0001")) {
      String nlri = field.replace(" ", "");
      int length = nlri.length() / 2;
      String attribute = "800f%02x400447%s".formatted(3 + length, nlri);
      String message = MARKER + "%04x02 0000 %04x".formatted(29 + length, 6 + length) + attribute;
      ByteBuf in = Unpooled.wrappedBuffer(Bytes.hex(message.replace(" ", "")).toArray());
      assertThatThrownBy(() -> MessageCodec.decodeNext(in, CONTEXT))
          .isInstanceOfSatisfying(
              BgpException.class,
              fault ->
                  assertThat(fault.error().toString())
                      .contains("Optional Attribute Error (3/9) data " + attribute));
    }
  }

  @Test
  void nothingIsMadeThatHasNoForm() {
    refuses(() -> NodeTlv.NAME.of("caf\u00e9"), "cannot be written as name");
    refuses(() -> LinkTlv.IGP_METRIC.of(1L << 24), "cannot be written as igp-metric");
    refuses(() -> Descriptor.AS.of(1L << 32), "");
    refuses(() -> PrefixTlv.METRIC.of(-1L), "cannot be written as prefix-metric");
    refuses(
        () -> NodeDescriptors.of(Descriptor.AS.of(1L), Descriptor.AS.of(2L)),
        "a node descriptor is there twice: as 1 as 2");
    refuses(
        () -> new LinkNlri(Topology.SOURCE, new Tlvs(List.of(tlv(260), tlv(259)))),
        "not in ascending order");
    refuses(() -> new LinkStateAttribute(new Tlvs(List.of(tlv(1024)))), "node-flags (TLV 1024)");
    refuses(() -> new UnknownLinkStateNlri(1, Bytes.EMPTY), "NLRI type 1 is known");
    refuses(() -> new IgpRouterId(Bytes.hex("0102030405"), Bytes.EMPTY), "neither of OSPF");
  }

  private static Tlv tlv(int type) {
    return new Tlv(type, Bytes.hex("0a000001"));
  }

  private static void refuses(Runnable making, String why) {
    assertThatIllegalArgumentException().isThrownBy(making::run).withMessageContaining(why);
  }

  @Test
  void aTextThatIsWrongIsAnsweredWithItsColumn() {
    says("nodes", "column 1", "expected one of node, link");
    says("node isis", "column 6", "expected a protocol like isis-level-2", "'isis' is no protocol");
    says("node static 0", "column 13", "'0' is not 'id'");
    says("node static id x", "column 16", "the number of an instance");
    says("node static id 0 local as x", "column 27", "the value of as", "'x' is not a number");
    says("node static id 0 local as", "column 26", "the value of as");
    says("node static id 0 reach 0.0.0.0/0", "column 18", "the end");
    says("prefix4 static id 0 reach ::/0", "column 27", "the value of reach");
    says("node static id 0 tlv-70000 0x", "column 28", "does not fit its fields");
    says("nlri-type x 0x", "column 11", "a type of 0 to 65535");
  }

  private static void says(String text, String... parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinkStateNlri.parse(text))
        .withMessageContainingAll(parts);
  }

  @Test
  void theFewThatTextsDoNotShowAreMadeByRows() {
    PrefixNlri prefix =
        PrefixNlri.of(
            Topology.SOURCE,
            NodeDescriptors.of(Descriptor.OSPF_AREA.of(Ipv4Address.parse("0.0.0.1"))),
            Prefix.parse("2001:db8::/32"),
            Descriptor.TOPOLOGY.of(2));
    assertThat(prefix.prefix()).hasValue(Prefix.parse("2001:db8::/32"));
    assertThat(prefix.node().flatMap(NodeDescriptors::area))
        .isEqualTo(Optional.of(Ipv4Address.parse("0.0.0.1")));
    assertThat(LinkStateNlri.parse(prefix.toString())).isEqualTo(prefix);
  }

  private static ByteBuf encoded(UpdateMessage update) {
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(update, out, CONTEXT);
    return out;
  }

  private static UpdateMessage read(UpdateMessage update) {
    return (UpdateMessage) MessageCodec.decodeNext(encoded(update), CONTEXT).orElseThrow();
  }

  /** The message with other octets in place of its last attribute. */
  private static UpdateMessage readAs(ByteBuf message, String ofLast, String instead) {
    String hex = Bytes.readAll(message).toString();
    assertThat(hex).endsWith(ofLast);
    String body = hex.substring(46, hex.length() - ofLast.length()) + instead;
    String whole =
        MARKER + "%04x020000%04x".formatted(23 + body.length() / 2, body.length() / 2) + body;
    ByteBuf in = Unpooled.wrappedBuffer(Bytes.hex(whole).toArray());
    return (UpdateMessage) MessageCodec.decodeNext(in, CONTEXT).orElseThrow();
  }
}
