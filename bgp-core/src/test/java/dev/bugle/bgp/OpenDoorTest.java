package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.NlriCodec;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import dev.bugle.bgp.wire.nlri.Families;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A family that the library has never heard of, from OPEN to the listener. */
@Timeout(60)
class OpenDoorTest {

  private static final AddressFamily COLOURS = new AddressFamily(16400, 241);
  private static final CodecContext AGREED =
      CodecContext.INITIAL
          .withFourOctetAs(true)
          .withNlriCodecs(Families.ALL.with(new ColourCodec()));

  private final BgpSpeaker speaker =
      BgpSpeaker.open(
          SpeakerConfig.builder(65000, "192.0.2.254")
              .listen("127.0.0.1", 0)
              .nlriCodec(new ColourCodec())
              .build());
  private final PeerLog log = new PeerLog();

  /** Three octets of red, green and blue. */
  private record Colour(int rgb) implements Nlri {
    @Override
    public String toString() {
      return "#%06x".formatted(rgb);
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
      return new Colour(field.readUnsignedMedium());
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

  @AfterEach
  void close() {
    speaker.close();
  }

  private RawPeer established() throws Exception {
    speaker.peer(
        PeerConfig.builder("127.0.0.77", 65077).passive(true).families(COLOURS).build(), log);
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
}
