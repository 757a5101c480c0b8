package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.bugle.bgp.recording.EventLog;
import dev.bugle.bgp.recording.SessionRecorder;
import dev.bugle.bgp.recording.SessionRecording;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.AttributeExtensions;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Codecs;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.NlriCodec;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.WireVector;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.AttributeCodec;
import dev.bugle.bgp.wire.attribute.AttributeCodecs;
import dev.bugle.bgp.wire.attribute.AttributeFlags;
import dev.bugle.bgp.wire.attribute.FaultClass;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import dev.bugle.bgp.wire.nlri.Families;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A family and an attribute that the library has never heard of, from OPEN to the listener. */
@Timeout(60)
class OpenDoorTest {

  private static final AddressFamily COLOURS = new AddressFamily(16400, 241);
  private static final CodecContext AGREED =
      CodecContext.INITIAL
          .withFourOctetAs(true)
          .withCodecs(
              new Codecs(
                  Families.ALL.with(new ColourCodec()),
                  AttributeCodecs.NONE.with(new ShadeCodec(FaultClass.DISCARD))));

  private final BgpSpeaker speaker =
      BgpSpeaker.open(
          SpeakerConfig.builder(65000, "192.0.2.254")
              .listen("127.0.0.1", 0)
              .nlriCodec(new ColourCodec())
              .attributeCodec(new ShadeCodec(FaultClass.DISCARD))
              .build());
  private final PeerLog log = new PeerLog();

  /** Three octets of red, green and blue. */
  private record Colour(int rgb) implements Nlri {
    @Override
    public String toString() {
      return "#%06x".formatted(rgb);
    }
  }

  /** Black is no colour: its family says to skip it. */
  private record Darkness() implements Nlri {
    @Override
    public boolean isDiscarded() {
      return true;
    }
  }

  private static final class ColourCodec implements NlriCodec {
    @Override
    public AddressFamily family() {
      return COLOURS;
    }

    @Override
    public Nlri decode(ByteBuf field, CodecContext context) {
      if (field.readableBytes() < 3) {
        throw new BgpException(BgpError.INVALID_NETWORK_FIELD, "half a colour");
      }
      int rgb = field.readUnsignedMedium();
      return rgb == 0 ? new Darkness() : new Colour(rgb);
    }

    @Override
    public void encode(Nlri nlri, ByteBuf out, CodecContext context) {
      out.writeMedium(((Colour) nlri).rgb());
    }

    @Override
    public int encodedLength(Nlri nlri, CodecContext context) {
      return 3;
    }
  }

  /** How much of a colour there is, in percent. */
  private record Shade(int percent) implements PathAttribute {
    @Override
    public int typeCode() {
      return 241;
    }

    @Override
    public String attributeName() {
      return "SHADE";
    }

    @Override
    public AttributeFlags flags() {
      return AttributeFlags.OPTIONAL_TRANSITIVE;
    }

    @Override
    public void encodeValue(ByteBuf out, CodecContext context) {
      out.writeByte(percent);
    }

    @Override
    public String toString() {
      return percent + "%";
    }
  }

  private record ShadeCodec(FaultClass onFault) implements AttributeCodec {
    @Override
    public int typeCode() {
      return 241;
    }

    @Override
    public String name() {
      return "SHADE";
    }

    @Override
    public AttributeFlags flags() {
      return AttributeFlags.OPTIONAL_TRANSITIVE;
    }

    @Override
    public PathAttribute decode(ByteBuf value, CodecContext context) {
      if (!value.isReadable() || value.getUnsignedByte(value.readerIndex()) > 100) {
        throw new BgpException(BgpError.OPTIONAL_ATTRIBUTE_ERROR, "SHADE is no percentage");
      }
      return new Shade(value.readUnsignedByte());
    }
  }

  @AfterEach
  void close() {
    speaker.close();
  }

  private RawPeer established() throws Exception {
    return established(EventLog.NONE);
  }

  private RawPeer established(EventLog recorder) throws Exception {
    speaker.peer(
        PeerConfig.builder("127.0.0.77", 65077).passive(true).families(COLOURS).build(),
        log,
        recorder);
    RawPeer peer = RawPeer.connect("127.0.0.77", speaker.listenAddresses().get(0));
    peer.send(
        new OpenMessage(
            65077,
            90,
            Ipv4Address.parse("192.0.2.77"),
            List.of(new MultiprotocolCapability(COLOURS), new FourOctetAsCapability(65077))),
        CodecContext.INITIAL);
    peer.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    log.established();
    return peer;
  }

  @Test
  void aFamilyFromOutsideIsOfferedAndRead() throws Exception {
    try (RawPeer peer = established()) {
      assertThat(peer.next().orElseThrow().toString()).contains("multiprotocol 16400/241");
      MpReach reach =
          MpReach.of(
              COLOURS,
              Ipv4Address.parse("192.0.2.77"),
              List.of(new Colour(0xFF0000), new Colour(0x00FF00)));
      PathAttributes attributes = PathAttributes.of(Origin.IGP, AsPath.sequence(65077L), reach);
      peer.send(new UpdateMessage(List.of(), attributes, List.of()), AGREED);
      assertThat(log.await("UPDATE"))
          .contains("MP_REACH_NLRI 16400/241 [#ff0000, #00ff00] via 192.0.2.77");
      MpUnreach unreach = new MpUnreach(COLOURS, List.of(new Colour(0xFF0000)));
      peer.send(new UpdateMessage(List.of(), PathAttributes.of(unreach), List.of()), AGREED);
      assertThat(log.await("UPDATE")).contains("MP_UNREACH_NLRI 16400/241 [#ff0000]");
    }
  }

  @Test
  void itsFaultsAreAnsweredLikeThoseOfOthers() throws Exception {
    try (RawPeer peer = established()) {
      peer.sendHex("ffffffffffffffffffffffffffffffff 001e 02 0000 0007 800f04 4010 f1 ff");
      assertThat(log.await("sent NOTIFICATION"))
          .contains("UPDATE Message Error/Optional Attribute Error (3/9) data 800f044010f1ff");
    }
  }

  @Test
  void anAttributeFromOutsideIsReadAndReplayed(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("session.txt");
    try (SessionRecorder recorder = SessionRecorder.open(file)) {
      try (RawPeer peer = established(recorder)) {
        peer.send(announcing(new Shade(40)), AGREED);
        assertThat(log.await("UPDATE")).contains("SHADE 40%", "MP_REACH_NLRI 16400/241 [#ff0000]");
      }
      speaker.close();
    }
    assertThat(SessionRecording.replay(file, AGREED.codecs()).agrees()).isTrue();
    assertThat(SessionRecording.replay(file).agrees()).as("without the codecs").isFalse();
  }

  @Test
  void anNlriThatItsFamilySaysToSkipIsSeenAndStandsForNothing() {
    MpUnreach both = new MpUnreach(COLOURS, List.of(new Darkness(), new Colour(0xFF0000)));
    UpdateMessage update = new UpdateMessage(List.of(), PathAttributes.of(both), List.of());
    assertThat(update.withdrawn()).containsExactly(entry(COLOURS, List.of(new Colour(0xFF0000))));
    MpUnreach one = new MpUnreach(COLOURS, List.of(new PathNlri(1, new Darkness())));
    UpdateMessage nothing = new UpdateMessage(List.of(), PathAttributes.of(one), List.of());
    assertThat(nothing.withdrawn()).isEmpty();
    assertThat(nothing.endOfRib()).isEmpty();
    MpReach reach = MpReach.of(COLOURS, Ipv4Address.parse("192.0.2.77"), List.of(new Darkness()));
    assertThat(new UpdateMessage(List.of(), PathAttributes.of(reach), List.of()).announced())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          c0 f1 01 28      | DISCARD           | SHADE 40%
          e0 f1 01 28      | DISCARD           | SHADE 40%
          d0 f1 0001 28    | DISCARD           | SHADE 40%
          c0 f1 01 65      | DISCARD           | DISCARD: attribute 241: SHADE is no percentage
          c0 f1 00         | DISCARD           | DISCARD: attribute 241: SHADE is no percentage
          c0 f1 02 28 00   | DISCARD           | DISCARD: attribute 241: SHADE ends 1 octets before
          c0 f1 01 65      | TREAT_AS_WITHDRAW | TREAT_AS_WITHDRAW: attribute 241: SHADE is no perc
          80 f1 01 28      | DISCARD           | TREAT_AS_WITHDRAW: attribute 241: is flagged optio
          c0 f1 01 28 c0 f1 01 29 | DISCARD    | DISCARD: attribute 241: appears again
          c0 f1 01 65      | RESET             | 3/9 data c0f10165
          """)
  void flagsLengthsAndFaultsOfTheAttributeAreAsItsCodecSays(
      String attribute, FaultClass onFault, String expected) {
    byte[] octets = WireVector.octets(attribute);
    ByteBuf body = Unpooled.buffer();
    // the announcement of 203.0.113.0/24 with ORIGIN, AS_PATH and NEXT_HOP
    byte[] others = WireVector.octets("40010100 400200 400304c0000242");
    body.writeZero(2).writeShort(others.length + octets.length).writeBytes(others);
    body.writeBytes(octets).writeBytes(WireVector.octets("18cb0071"));
    ByteBuf message = Unpooled.buffer();
    message.writeBytes(WireVector.octets("ff*16")).writeShort(19 + body.readableBytes());
    message.writeByte(2).writeBytes(body);
    CodecContext context =
        AGREED.withCodecs(AGREED.codecs().with(AttributeCodecs.NONE.with(new ShadeCodec(onFault))));
    if (onFault == FaultClass.RESET) {
      assertThatThrownBy(() -> MessageCodec.decodeNext(message, context))
          .isInstanceOfSatisfying(
              BgpException.class,
              fault ->
                  assertThat(fault.error().toString())
                      .endsWith("(" + expected.replace(" data", ") data")));
    } else {
      assertThat(MessageCodec.decodeNext(message, context).orElseThrow().toString())
          .contains(expected);
    }
  }

  @Test
  void itKeepsItsPartialBitOnItsWay() {
    UpdateMessage update = announcing(new Shade(40));
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(update, out, AGREED);
    int flags = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(WireVector.octets("c0f10128")), out);
    out.setByte(flags, 0xE0);
    ByteBuf again = Unpooled.buffer();
    MessageCodec.encode(MessageCodec.decodeNext(out.copy(), AGREED).orElseThrow(), again, AGREED);
    assertThat(again).isEqualTo(out);
  }

  @Test
  void withoutItsCodecItStaysAsOctets() {
    CodecContext without = AGREED.withCodecs(AGREED.codecs().with(AttributeExtensions.NONE));
    UpdateMessage update = announcing(new Shade(40));
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(update, out, AGREED);
    Message read = MessageCodec.decodeNext(out.copy(), without).orElseThrow();
    assertThat(read.toString()).contains("type 241 (optional transitive) 28");
    ByteBuf again = Unpooled.buffer();
    MessageCodec.encode(read, again, without);
    assertThat(again).isEqualTo(out);
  }

  @Test
  void anAttributeOfTheLibraryCannotBeReplaced() {
    AttributeCodec asPath =
        new AttributeCodec() {
          @Override
          public int typeCode() {
            return 2;
          }

          @Override
          public String name() {
            return "MY_PATH";
          }

          @Override
          public AttributeFlags flags() {
            return AttributeFlags.WELL_KNOWN;
          }

          @Override
          public FaultClass onFault() {
            return FaultClass.DISCARD;
          }

          @Override
          public PathAttribute decode(ByteBuf value, CodecContext context) {
            return new Shade(1);
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpeakerConfig.builder(65000, "192.0.2.254").attributeCodec(asPath))
        .withMessage(
            "attribute 2 is read by the library, as AS_PATH; MY_PATH cannot take its place");
  }

  private static UpdateMessage announcing(PathAttribute attribute) {
    MpReach reach =
        MpReach.of(COLOURS, Ipv4Address.parse("192.0.2.77"), List.of(new Colour(0xFF0000)));
    PathAttributes attributes =
        PathAttributes.of(Origin.IGP, AsPath.sequence(65077L), reach, attribute);
    return new UpdateMessage(List.of(), attributes, List.of());
  }
}
