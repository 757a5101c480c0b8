package dev.bugle.bgp.ls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A topology that we tell GoBGP of, and that GoBGP tells a speaker of: it reads what we write, and
 * writes by itself what we read.
 */
@Timeout(150)
class GobgpTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ROUTER = "127.0.0.2";
  private static final String TELLER = "127.0.0.3";

  @TempDir private Path directory;

  private final BlockingQueue<UpdateMessage> received = new LinkedBlockingQueue<>();

  @BeforeAll
  static void gobgpIsThere() throws Exception {
    Tools.require("gobgpd", "gobgpd");
  }

  @Test
  void aTopologyIsPassedOnAndWithdrawn() throws Exception {
    int port = freePort(ROUTER);
    Process gobgpd = gobgpd(port);
    try (BgpSpeaker speaker =
        BgpSpeaker.open(LinkState.addTo(SpeakerConfig.builder(65001, "192.0.2.1")).build())) {
      speaker.peer(
          PeerConfig.builder(ROUTER, 65002)
              .port(port)
              .localAddress("127.0.0.1")
              .connectRetry(Duration.ofSeconds(1))
              .families(LinkState.FAMILY)
              .build(),
          new PeerListener() {
            @Override
            public void updateReceived(Peer peer, UpdateMessage update) {
              received.add(update);
            }
          });
      Map<Nlri, LinkStateAttribute> told = new HashMap<>();
      for (UpdateMessage update : Topology.updates()) {
        told.putAll(known(update));
      }
      try (Socket teller = established(port, gobgpd)) {
        for (UpdateMessage update : Topology.updates()) {
          send(teller, update, LinkStateVector.CONTEXT);
        }
        Map<Nlri, LinkStateAttribute> learned = learned(told.size());
        told.forEach(
            (nlri, known) ->
                assertThat(learned.get(nlri)).as("%s", nlri).isEqualTo(passedOn(nlri, known)));
      }
      for (int withdrawn = 0; withdrawn < told.size(); ) { // the session with the teller is gone
        withdrawn +=
            next().withdrawn().getOrDefault(LinkState.FAMILY, List.of()).stream()
                .mapToInt(nlri -> told.containsKey(nlri) ? 1 : 0)
                .sum();
      }
    } finally {
      gobgpd.destroy();
      if (!gobgpd.waitFor(10, TimeUnit.SECONDS)) {
        gobgpd.destroyForcibly();
      }
    }
  }

  /** Of prefixes, GoBGP 3.10 does not know tags and metrics, and drops them. */
  private static LinkStateAttribute passedOn(Nlri nlri, LinkStateAttribute known) {
    return nlri instanceof PrefixNlri
        ? LinkStateAttribute.of(
            PrefixTlv.FLAGS.of(known.get(PrefixTlv.FLAGS).orElseThrow()),
            PrefixTlv.SID.of(known.get(PrefixTlv.SID).orElseThrow()))
        : known;
  }

  /** What is announced by the time that so many NLRI are, with what is known of them. */
  private Map<Nlri, LinkStateAttribute> learned(int count) throws InterruptedException {
    Map<Nlri, LinkStateAttribute> learned = new HashMap<>();
    while (learned.size() < count) {
      UpdateMessage update = next();
      assertThat(update.faults()).as("%s", update).isEmpty();
      learned.putAll(known(update));
    }
    return learned;
  }

  private UpdateMessage next() throws InterruptedException {
    UpdateMessage update = received.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(update).as("an UPDATE within %s", LIMIT).isNotNull();
    return update;
  }

  private static Map<Nlri, LinkStateAttribute> known(UpdateMessage update) {
    Map<Nlri, LinkStateAttribute> known = new HashMap<>();
    update
        .announced()
        .getOrDefault(LinkState.FAMILY, List.of())
        .forEach(
            nlri ->
                known.put(nlri, update.attributes().get(LinkStateAttribute.class).orElseThrow()));
    return known;
  }

  private Process gobgpd(int port) throws IOException {
    Path config = directory.resolve("gobgpd.conf");
    Files.writeString(
        config,
        """
        [global.config]
          as = 65002
          router-id = "192.0.2.2"
          port = %d
          local-address-list = ["%s"]
        """
                .formatted(port, ROUTER)
            + neighbor("127.0.0.1", 65001)
            + neighbor(TELLER, Topology.ASN));
    return new ProcessBuilder(
            "gobgpd", "-f", config.toString(), "--api-hosts", ROUTER + ":" + freePort(ROUTER))
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("gobgpd.log").toFile())
        .start();
  }

  private static String neighbor(String address, int asn) {
    return """
    [[neighbors]]
      [neighbors.config]
        neighbor-address = "%s"
        peer-as = %d
      [neighbors.transport.config]
        passive-mode = true
      [[neighbors.afi-safis]]
        [neighbors.afi-safis.config]
          afi-safi-name = "ls"
    """
        .formatted(address, asn);
  }

  private static int freePort(String address) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      return socket.getLocalPort();
    }
  }

  /** A session with the router, once it listens. */
  private Socket established(int port, Process gobgpd) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      Socket socket = new Socket();
      try {
        socket.setSoTimeout((int) LIMIT.toMillis());
        socket.bind(new InetSocketAddress(TELLER, 0));
        socket.connect(new InetSocketAddress(ROUTER, port));
        greet(socket);
        return socket;
      } catch (IOException notYet) {
        socket.close();
        String log = Files.readString(directory.resolve("gobgpd.log"));
        assertThat(gobgpd.isAlive() && System.nanoTime() < deadline).as(log).isTrue();
        gobgpd.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static void greet(Socket socket) throws IOException {
    send(
        socket,
        new OpenMessage(
            Topology.ASN,
            90,
            Ipv4Address.parse("192.0.2.3"),
            List.of(
                new MultiprotocolCapability(LinkState.FAMILY),
                new FourOctetAsCapability(Topology.ASN))),
        CodecContext.INITIAL);
    send(socket, KeepaliveMessage.KEEPALIVE, CodecContext.INITIAL);
    InputStream in = socket.getInputStream();
    ByteBuf stream = Unpooled.buffer();
    while (true) {
      Optional<Message> message = MessageCodec.decodeNext(stream, CodecContext.INITIAL);
      if (message.filter(KeepaliveMessage.class::isInstance).isPresent()) {
        return;
      } else if (message.isEmpty()) {
        byte[] octets = new byte[4096];
        int count = in.read(octets);
        if (count < 0) {
          throw new IOException("the router closed the connection");
        }
        stream.writeBytes(octets, 0, count);
      }
    }
  }

  private static void send(Socket socket, Message message, CodecContext context)
      throws IOException {
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(message, out, context);
    out.readBytes(socket.getOutputStream(), out.readableBytes());
  }
}
