package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.NlriCodec;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a peer may do wrong, while another session of the same speaker goes on undisturbed. */
@Timeout(60)
class HostilePeersTest {

  private static final String HOSTILE = "127.0.0.66";
  private static final int HOSTILE_AS = 65066;
  private static final AddressFamily TRAPPED = new AddressFamily(16399, 77);
  private static final String MARKER = "ffffffffffffffffffffffffffffffff";

  private final BgpSpeaker speaker =
      BgpSpeaker.open(
          SpeakerConfig.builder(65000, "192.0.2.254")
              .listen("127.0.0.1", 0)
              .nlriCodec(new ExplodingCodec())
              .build());
  private final BgpSpeaker goodSpeaker =
      BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build());
  private final PeerLog fromHostile = new PeerLog();
  private final PeerLog fromGood = new PeerLog();
  private Peer good;
  private Instant goodSince;

  /** A family whose codec has a bug. */
  private static final class ExplodingCodec implements NlriCodec {
    @Override
    public AddressFamily family() {
      return TRAPPED;
    }

    @Override
    public Nlri decode(ByteBuf field, CodecContext context) {
      throw new IllegalStateException("a bug in a codec");
    }

    @Override
    public void encode(Nlri nlri, ByteBuf out, CodecContext context) {
      throw new IllegalStateException("a bug in a codec");
    }

    @Override
    public int encodedLength(Nlri nlri, CodecContext context) {
      throw new IllegalStateException("a bug in a codec");
    }
  }

  @BeforeEach
  void aGoodSessionStands() throws Exception {
    speaker.peer(
        PeerConfig.builder(HOSTILE, HOSTILE_AS)
            .passive(true)
            .families(AddressFamily.IPV4_UNICAST, TRAPPED)
            .build(),
        fromHostile);
    good = speaker.peer(PeerConfig.builder("127.0.0.2", 65001).passive(true).build(), fromGood);
    goodSpeaker.peer(
        PeerConfig.builder("127.0.0.1", 65000)
            .port(address().getPort())
            .localAddress("127.0.0.2")
            .build());
    fromGood.established();
    goodSince = good.status().since();
  }

  @AfterEach
  void theGoodSessionWasNotDisturbed() throws Exception {
    try (Announcement canary = goodSpeaker.announce(Route.to("198.51.100.1/32").build())) {
      fromGood.await("UPDATE nlri [" + canary.route().prefix());
      assertThat(good.status().state()).isEqualTo(SessionState.ESTABLISHED);
      assertThat(good.status().since()).isEqualTo(goodSince);
    } finally {
      goodSpeaker.close();
      speaker.close();
    }
  }

  private InetSocketAddress address() {
    return speaker.listenAddresses().get(0);
  }

  private RawPeer connect() throws Exception {
    return RawPeer.connect(HOSTILE, address());
  }

  private static OpenMessage open() {
    return new OpenMessage(
        HOSTILE_AS,
        90,
        Ipv4Address.parse("192.0.2.66"),
        List.of(
            new MultiprotocolCapability(AddressFamily.IPV4_UNICAST),
            new MultiprotocolCapability(TRAPPED)));
  }

  private RawPeer established() throws Exception {
    RawPeer peer = connect();
    peer.send(open(), CodecContext.INITIAL);
    peer.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    fromHostile.established();
    return peer;
  }

  @Test
  void garbageIsAnsweredWithConnectionNotSynchronized() throws Exception {
    try (RawPeer peer = connect()) {
      peer.sendHex("474554202f20485454502f312e310d0a0d0a");
      assertThat(peer.lastWords())
          .isEqualTo("NOTIFICATION Message Header Error/Connection Not Synchronized (1/1)");
    }
  }

  @Test
  void oneWrongMarkerOctetIsAnsweredAtOnce() throws Exception {
    try (RawPeer peer = connect()) {
      peer.sendHex("fffffe");
      assertThat(peer.lastWords()).contains("Connection Not Synchronized");
    }
  }

  @Test
  void anOversizedLengthIsAnsweredWithBadMessageLengthAndTheLength() throws Exception {
    try (RawPeer peer = connect()) {
      peer.sendHex(MARKER + "1001 02");
      assertThat(peer.lastWords())
          .isEqualTo("NOTIFICATION Message Header Error/Bad Message Length (1/2) data 1001");
    }
  }

  @Test
  void anUnknownMessageTypeIsAnsweredWithBadMessageTypeAndTheType() throws Exception {
    try (RawPeer peer = connect()) {
      peer.sendHex(MARKER + "0013 2a");
      assertThat(peer.lastWords())
          .isEqualTo("NOTIFICATION Message Header Error/Bad Message Type (1/3) data 2a");
    }
  }

  @Test
  void anUpdateBeforeOpenIsAnFsmError() throws Exception {
    try (RawPeer peer = connect()) {
      peer.send(UpdateMessage.endOfRib(AddressFamily.IPV4_UNICAST), CodecContext.INITIAL);
      assertThat(peer.lastWords())
          .contains("Finite State Machine Error/Receive Unexpected Message in OpenSent State");
    }
  }

  @Test
  void anUnknownPeerIsRefused() throws Exception {
    try (RawPeer peer = RawPeer.connect("127.0.0.67", address())) {
      assertThat(peer.lastWords()).isEqualTo("NOTIFICATION Cease/Connection Rejected (6/5)");
    }
  }

  @Test
  void anUnknownPeerThatTalksCanStillReadWhyItIsRefused() throws Exception {
    try (RawPeer peer = RawPeer.connect("127.0.0.67", address())) {
      peer.awaitInput();
      try {
        peer.sendHex(MARKER + "0013 04");
        peer.sendHex(MARKER + "0013 04");
      } catch (IOException late) {
        // Who waits for longer than the speaker lingers finds the connection reset.
      }
      assertThat(peer.lastWords()).isEqualTo("NOTIFICATION Cease/Connection Rejected (6/5)");
    }
  }

  @Test
  void aFloodOfUnknownPeersIsRefusedToo() throws Exception {
    List<RawPeer> flood = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        flood.add(RawPeer.connect("127.0.0.67", address()));
      }
      for (RawPeer peer : flood) {
        assertThat(peer.lastWords()).isEqualTo("NOTIFICATION Cease/Connection Rejected (6/5)");
      }
    } finally {
      for (RawPeer peer : flood) {
        peer.close();
      }
    }
  }

  @Test
  void aConnectionThatEndsInsideAMessageLeavesNothingBehind() throws Exception {
    try (RawPeer peer = connect()) {
      peer.next(); // a socket that is closed with something unread in it is reset
      peer.sendHex(MARKER + "002d 01 04 fe2a");
    }
    fromHostile.await("state ACTIVE: the peer closed the connection");
    established().close();
  }

  @Test
  void aSecondConnectionReplacesASilentOne() throws Exception {
    try (RawPeer silent = connect();
        RawPeer peer = established()) {
      assertThat(silent.lastWords())
          .isEqualTo("NOTIFICATION Cease/Connection Collision Resolution (6/7)");
      peer.send(new NotificationMessage(BgpError.CEASE), CodecContext.INITIAL);
      fromHostile.await("received NOTIFICATION Cease (6/0)");
    }
  }

  @Test
  void aConnectionBesideAnEstablishedSessionIsRefused() throws Exception {
    try (RawPeer peer = established();
        RawPeer second = connect()) {
      assertThat(second.lastWords())
          .isEqualTo("NOTIFICATION Cease/Connection Collision Resolution (6/7)");
      peer.send(KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    }
    fromHostile.await("state ACTIVE");
  }

  @Test
  void aMalformedAttributeWithdrawsItsRoutesAndKeepsTheSession() throws Exception {
    try (RawPeer peer = established()) {
      // ORIGIN 9, AS_PATH 65066, NEXT_HOP 192.0.2.66, NLRI 198.51.100.0/24
      peer.sendHex(MARKER + "002d 02 0000 0012 40010109 4002 04 0201fe2a 400304c0000242 18c63364");
      assertThat(fromHostile.await("UPDATE")).contains("TREAT_AS_WITHDRAW: ORIGIN");
      peer.send(UpdateMessage.endOfRib(AddressFamily.IPV4_UNICAST), CodecContext.INITIAL);
      fromHostile.await("UPDATE End-of-RIB ipv4-unicast");
    }
  }

  @Test
  void anExceptionThatNobodyForesawEndsItsSessionWithACease() throws Exception {
    try (RawPeer peer = established()) {
      // MP_REACH_NLRI of the family whose codec has a bug
      peer.sendHex(MARKER + "0024 02 0000 000d 800e0a 400f 4d 04 c0000242 00 01");
      assertThat(peer.lastWords()).isEqualTo("NOTIFICATION Cease (6/0)");
    }
    fromHostile.await("state ACTIVE: reset");
    established().close();
  }
}
