package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.capability.UnknownCapability;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What we write is what we read. */
class RoundTripTest {

  private static final CodecContext CONTEXT = WireVector.CONTEXT;
  private static final CodecContext LONG =
      CONTEXT
          .withReceived(Direction.INITIAL.withLongestMessage(65535))
          .withSent(Direction.INITIAL.withLongestMessage(65535));
  private static final Prefix IPV4 = Prefix.parse("203.0.113.10/32");
  private static final Prefix IPV6 = Prefix.parse("2001:db8::10/128");

  @Test
  void everyMessageThatCanBeWrittenIsReadAsItWas() {
    for (long seed = 0; seed < 30_000; seed++) {
      RandomMessages random = new RandomMessages(seed);
      CodecContext context = random.context();
      Message message = random.message(context);
      ByteBuf stream = Unpooled.buffer();
      MessageCodec.encode(message, stream, context);
      if (message instanceof UpdateMessage update) {
        assertThat(update.attributes().encodedLength(context))
            .as("seed %d", seed)
            .isEqualTo(stream.getUnsignedShort(attributesAt(stream)));
      }
      assertThat(MessageCodec.decodeNext(stream, context.mirrored()))
          .as("seed %d", seed)
          .hasValue(message);
      assertThat(stream.isReadable()).as("seed %d", seed).isFalse();
    }
  }

  private static int attributesAt(ByteBuf update) {
    return 21 + update.getUnsignedShort(19);
  }

  @Test
  void theLongestMessageIsWrittenAndOneOctetMoreIsNot() {
    // 23 octets of an UPDATE and 814 times 5, then 3 more
    List<Prefix> prefixes = Collections.nCopies(814, IPV4);
    ByteBuf out = Unpooled.buffer().writeByte(7);
    UpdateMessage longest = withdrawing(prefixes, Prefix.parse("10.1.0.0/16"));
    MessageCodec.encode(longest, out, CONTEXT);
    assertThat(out.readableBytes()).isEqualTo(1 + 4096);
    out.clear().writeByte(7);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MessageCodec.encode(
                    withdrawing(prefixes, Prefix.parse("10.1.1.0/24")), out, CONTEXT))
        .withMessage("UPDATE of 4097 octets is longer than 4096");
    assertThat(out.readableBytes()).as("what was there stays").isEqualTo(1);
  }

  @Test
  void theLongestExtendedMessageIsWrittenAndOneOctetMoreIsNot() { // RFC 8654 §4
    List<Prefix> prefixes = Collections.nCopies(13_102, IPV4);
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(withdrawing(prefixes, Prefix.parse("10.0.0.0/8")), out, LONG);
    assertThat(out.readableBytes()).isEqualTo(65535);
    assertThat(MessageCodec.decodeNext(out, LONG))
        .hasValue(withdrawing(prefixes, Prefix.parse("10.0.0.0/8")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MessageCodec.encode(withdrawing(prefixes, Prefix.parse("10.1.0.0/16")), out, LONG))
        .withMessage("UPDATE of 65536 octets is longer than 65535");
  }

  @Test
  void longMessagesAreAgreedOnForEachDirection() {
    CodecContext onlyReceived = CONTEXT.withReceived(LONG.received());
    UpdateMessage update = withdrawing(Collections.nCopies(1000, IPV4), Prefix.parse("10.0.0.0/8"));
    ByteBuf out = Unpooled.buffer();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageCodec.encode(update, out, onlyReceived));
    MessageCodec.encode(update, out, onlyReceived.mirrored());
    ByteBuf again = out.copy();
    assertThat(MessageCodec.decodeNext(out, onlyReceived)).hasValue(update);
    assertThatThrownBy(() -> MessageCodec.decodeNext(again, onlyReceived.mirrored()))
        .isInstanceOfSatisfying(
            BgpException.class,
            fault ->
                assertThat(fault.error())
                    .hasToString("Message Header Error/Bad Message Length (1/2) data 13a1"));
  }

  @Test
  void aLongNotificationIsWrittenWholeWhereItMayBe() {
    NotificationMessage message =
        new NotificationMessage(BgpError.CEASE.withData(Bytes.of(new byte[65535 - 21])));
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(message, out, LONG);
    assertThat(MessageCodec.decodeNext(out, LONG)).hasValue(message);
  }

  private static UpdateMessage withdrawing(List<Prefix> prefixes, Nlri last) {
    List<Nlri> all = new ArrayList<>(prefixes);
    all.add(last);
    return new UpdateMessage(all, PathAttributes.EMPTY, List.of());
  }

  @Test
  void dataOfANotificationIsCutToFit() {
    ByteBuf out = Unpooled.buffer();
    Bytes data = Bytes.of(new byte[4096]);
    MessageCodec.encode(new NotificationMessage(BgpError.CEASE.withData(data)), out, CONTEXT);
    assertThat(out.readableBytes()).isEqualTo(4096);
    assertThat(MessageCodec.decodeNext(out, CONTEXT))
        .hasValue(new NotificationMessage(BgpError.CEASE.withData(Bytes.of(new byte[4075]))));
  }

  @Test
  void anOpenStaysShortWhateverWasAgreed() { // RFC 8654 §4
    UnknownCapability capability = new UnknownCapability(200, Bytes.of(new byte[255]));
    OpenMessage open =
        new OpenMessage(1, 90, Ipv4Address.parse("192.0.2.1"), Collections.nCopies(16, capability));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageCodec.encode(open, Unpooled.buffer(), LONG))
        .withMessageContaining("longer than 4096");
  }

  @Test
  void prefixesOfAnotherFamilyThanTheirFieldAreRefused() {
    refuses(new UpdateMessage(List.of(IPV6), PathAttributes.EMPTY, List.of()), "2001:db8::10/128");
    refuses(new UpdateMessage(List.of(), PathAttributes.EMPTY, List.of(IPV6)), "ipv4-unicast");
    refuses(
        update(new MpUnreach(AddressFamily.IPV6_UNICAST, List.of(IPV4))),
        "203.0.113.10/32 is no prefix of ipv6-unicast");
    refuses(
        update(new MpUnreach(new AddressFamily(1, 3), List.of(IPV4))),
        "register one with NlriCodecs.with");
  }

  private static UpdateMessage update(MpUnreach unreach) {
    return new UpdateMessage(List.of(), PathAttributes.of(unreach), List.of());
  }

  private static void refuses(UpdateMessage update, String why) {
    ByteBuf out = Unpooled.buffer();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageCodec.encode(update, out, CONTEXT))
        .withMessageContaining(why);
    assertThat(out.isReadable()).isFalse();
  }

  @Test
  void nextHopsThatNoFamilyHasCannotExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new MpReach(AddressFamily.IPV6_UNICAST, Bytes.of(new byte[4]), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new MpReach(new AddressFamily(25, 65), Bytes.of(new byte[256]), List.of()));
  }

  @Test
  void anIpv6NextHopOfIpv4GoesOnlyWhereItWasAgreed() { // RFC 8950 §4
    MpReach reach =
        MpReach.of(
            AddressFamily.IPV4_UNICAST,
            Ipv6Address.parse("2001:db8::1"),
            Ipv6Address.parse("fe80::1"),
            List.of(IPV4));
    UpdateMessage update = new UpdateMessage(List.of(), PathAttributes.of(reach), List.of());
    CodecContext onlySent =
        CONTEXT.withSent(Direction.INITIAL.withExtendedNextHop(Set.of(AddressFamily.IPV4_UNICAST)));
    ByteBuf out = Unpooled.buffer();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageCodec.encode(update, out, onlySent.mirrored()))
        .withMessage("the peer takes no IPv6 next hop for ipv4-unicast: it did not offer RFC 8950");
    MessageCodec.encode(update, out, onlySent);
    UpdateMessage read =
        (UpdateMessage) MessageCodec.decodeNext(out, onlySent.mirrored()).orElseThrow();
    MpReach again = read.attributes().get(MpReach.class).orElseThrow();
    assertThat(again.nextHopAddress()).hasValue(Ipv6Address.parse("2001:db8::1"));
    assertThat(again.linkLocalNextHop()).hasValue(Ipv6Address.parse("fe80::1"));
  }

  @Test
  void aNextHopIsWrittenAsItsFamilyWantsIt() {
    Ipv4Address ipv4 = Ipv4Address.parse("192.0.2.1");
    Ipv6Address ipv6 = Ipv6Address.parse("2001:db8::1");
    Ipv6Address linkLocal = Ipv6Address.parse("fe80::1");
    MpReach vpn = MpReach.of(AddressFamily.IPV4_VPN, ipv4, List.of());
    assertThat(vpn.nextHop()).isEqualTo(Bytes.hex("0000000000000000c0000201"));
    assertThat(vpn.nextHopAddress()).hasValue(ipv4);
    MpReach vpn6 = MpReach.of(AddressFamily.IPV6_VPN, ipv6, linkLocal, List.of());
    assertThat(vpn6.nextHop().length()).isEqualTo(48);
    assertThat(vpn6.nextHopAddress()).hasValue(ipv6);
    assertThat(vpn6.linkLocalNextHop()).hasValue(linkLocal);
    assertThat(MpReach.of(AddressFamily.EVPN, ipv4, List.of()).nextHop().length()).isEqualTo(4);
    MpReach flow = MpReach.withoutNextHop(AddressFamily.IPV4_FLOWSPEC, List.of());
    assertThat(flow.nextHop()).isEqualTo(Bytes.EMPTY);
    assertThat(flow.nextHopAddress()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MpReach.withoutNextHop(AddressFamily.IPV4_VPN, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MpReach.of(AddressFamily.IPV6_MULTICAST, ipv4, List.of()));
  }

  @Test
  void pathIdentifiersAreAgreedOnForEachDirection() { // RFC 7911 §4
    CodecContext onlySent =
        CONTEXT.withSent(Direction.INITIAL.withPathIdentifiers(Set.of(AddressFamily.IPV4_UNICAST)));
    UpdateMessage withPath = withdrawing(List.of(), new PathNlri(7, IPV4));
    UpdateMessage without = withdrawing(List.of(), IPV4);
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(withPath, out, onlySent);
    assertThat(MessageCodec.decodeNext(out, onlySent.mirrored())).hasValue(withPath);
    MessageCodec.encode(without, out, onlySent.mirrored());
    assertThat(MessageCodec.decodeNext(out, onlySent)).hasValue(without);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageCodec.encode(without, out, onlySent))
        .withMessage("203.0.113.10/32 needs a path identifier, which was agreed for ipv4-unicast");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageCodec.encode(withPath, out, onlySent.mirrored()))
        .withMessage(
            "203.0.113.10/32 path 7 has a path identifier, which was not agreed for ipv4-unicast");
    assertThat(out.isReadable()).isFalse();
  }

  @Test
  void theCodecOfAnotherFamilyNeedNotKnowOfPathIdentifiers() {
    CodecContext paths =
        LONG.withNlriCodecs(NlriCodecs.UNICAST.with(new OctetCodec(1)))
            .withReceived(Direction.INITIAL.withPathIdentifiers(Set.of(OctetCodec.FAMILY)))
            .withSent(Direction.INITIAL.withPathIdentifiers(Set.of(OctetCodec.FAMILY)));
    UpdateMessage update =
        update(
            new MpUnreach(
                OctetCodec.FAMILY,
                List.of(new PathNlri(1, new Octet(7)), new PathNlri(2, new Octet(8)))));
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(update, out, paths);
    assertThat(MessageCodec.decodeNext(out.copy(), paths)).hasValue(update);
    assertThat(Bytes.readAll(out.skipBytes(29))).isEqualTo(Bytes.hex("0000000107" + "0000000208"));
  }

  @Test
  void aCodecThatReadsNothingIsFoundOut() {
    CodecContext broken = CONTEXT.withNlriCodecs(NlriCodecs.UNICAST.with(new OctetCodec(0)));
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(
        update(new MpUnreach(OctetCodec.FAMILY, List.of(new Octet(7)))), out, broken);
    assertThatIllegalStateException()
        .isThrownBy(() -> MessageCodec.decodeNext(out, broken))
        .withMessage("the codec of 4321/9 read nothing");
  }

  private record Octet(int value) implements Nlri {}

  private record OctetCodec(int octetsRead) implements NlriCodec {

    private static final AddressFamily FAMILY = new AddressFamily(4321, 9);

    @Override
    public AddressFamily family() {
      return FAMILY;
    }

    @Override
    public Nlri decode(ByteBuf field, CodecContext context) {
      Octet next = new Octet(field.getUnsignedByte(field.readerIndex()));
      field.skipBytes(octetsRead);
      return next;
    }

    @Override
    public void encode(Nlri nlri, ByteBuf out, CodecContext context) {
      out.writeByte(((Octet) nlri).value());
    }

    @Override
    public int encodedLength(Nlri nlri, CodecContext context) {
      return 1;
    }
  }

  @Test
  void aPathIdentifierIsOneOfFourOctets() {
    assertThat(new PathNlri(0, IPV4)).isNotEqualTo(new PathNlri(0xFFFF_FFFFL, IPV4));
    assertThatIllegalArgumentException().isThrownBy(() -> new PathNlri(-1, IPV4));
    assertThatIllegalArgumentException().isThrownBy(() -> new PathNlri(0x1_0000_0000L, IPV4));
    assertThatIllegalArgumentException().isThrownBy(() -> new PathNlri(1, new PathNlri(1, IPV4)));
  }

  @Test
  void theLengthOfAnNlriIsWhatItTakes() {
    NlriCodecs codecs = CONTEXT.nlriCodecs();
    AddressFamily ipv4 = AddressFamily.IPV4_UNICAST;
    assertThat(codecs.encodedLength(ipv4, IPV4, CONTEXT)).isEqualTo(5);
    assertThat(codecs.encodedLength(ipv4, new PathNlri(1, IPV4), CONTEXT)).isEqualTo(9);
  }

  @Test
  void aContextPromisesOnlyLengthsThatTheHeaderHolds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Direction.INITIAL.withLongestMessage(4095))
        .withMessage("a longest message of 4095 octets is not in 4096 to 65535");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Direction.INITIAL.withLongestMessage(65536));
  }
}
