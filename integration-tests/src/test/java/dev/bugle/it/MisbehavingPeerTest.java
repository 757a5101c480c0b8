package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** ExaBGP on loopback, which sends attributes that no router should (RFC 7606). */
@ExtendWith(NothingLeftBehind.class)
@Timeout(120)
class MisbehavingPeerTest {

  private static final String OURS = "127.0.0.2";
  private static final String THEIRS = "127.0.0.3";

  private final Set<String> learned = ConcurrentHashMap.newKeySet();
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final BgpSpeaker speaker =
      BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build());

  private final PeerListener listener =
      new PeerListener() {
        @Override
        public void updateReceived(Peer peer, UpdateMessage update) {
          update.announced().values().forEach(all -> all.forEach(p -> learned.add("" + p)));
        }

        @Override
        public void notificationSent(Peer peer, NotificationMessage notification) {
          sent.add(notification.error().toString());
        }
      };

  @AfterEach
  void close() {
    speaker.close();
  }

  /** ExaBGP with these routes, each with a generic attribute: type, flags, octets. */
  private static ScriptedPeer exabgp(int port, String... routes) {
    return ScriptedPeer.start(
        THEIRS,
        port,
        """
        neighbor %s {
          router-id 192.0.2.254;
          local-address %s;
          local-as 65000;
          peer-as 65001;
          hold-time 9;
          passive true;
          family { ipv4 unicast; }
          api { processes [ dump ]; receive { parsed; update; } }
          static { %s }
        }
        """
            .formatted(OURS, THEIRS, String.join(" ", routes)));
  }

  private static String route(String prefix, String attribute) {
    return "route " + prefix + " next-hop " + THEIRS + attribute + ";";
  }

  private Peer peer(int port) {
    return speaker.peer(
        PeerConfig.builder(THEIRS, 65000)
            .port(port)
            .localAddress(OURS)
            .connectRetry(Duration.ofSeconds(1))
            .build(),
        listener);
  }

  /** Where ExaBGP will listen, so that nobody else has it there. */
  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName(THEIRS))) {
      return any.getLocalPort();
    }
  }

  @Test
  void aRouteWithAMalformedAttributeIsWithdrawnAndTheSessionStands() throws IOException {
    RequiredPeers.demand(ScriptedPeer.missing());
    int port = freePort();
    try (ScriptedPeer unused =
        exabgp(
            port,
            route("198.51.100.1/32", ""),
            route("198.51.100.2/32", " attribute [ 0x20 0xc0 0x010203 ]"),
            route("198.51.100.3/32", " attribute [ 0x63 0xc0 0xdeadbeef ]"))) {
      Peer peer = peer(port);
      Eventually.see(
          "the good routes, one of them with an attribute that nobody knows",
          Deadlines.SESSION,
          () -> Set.copyOf(learned),
          seen -> seen.containsAll(Set.of("198.51.100.1/32", "198.51.100.3/32")));
      Eventually.see(
          "three UPDATEs and End-of-RIB are read",
          Deadlines.ROUTE,
          () -> peer.status().traffic().toString(),
          ignored -> peer.status().traffic().received().update() >= 4);
      assertThat(learned).doesNotContain("198.51.100.2/32");
      assertThat(peer.status().state()).isEqualTo(SessionState.ESTABLISHED);
      assertThat(sent).isEmpty();
    }
  }

  @Test
  void anUnknownWellKnownAttributeEndsTheSessionByName() throws IOException {
    RequiredPeers.demand(ScriptedPeer.missing());
    int port = freePort();
    try (ScriptedPeer unused =
        exabgp(port, route("198.51.100.1/32", " attribute [ 0x63 0x40 0x00 ]"))) {
      Peer peer = peer(port);
      Eventually.see(
          "we end the session",
          Deadlines.SESSION,
          () -> List.copyOf(sent),
          seen -> seen.stream().anyMatch(error -> error.contains("(3/2)")));
      assertThat(learned).isEmpty();
      Eventually.see(
          "it is tried again, and says why it ended",
          Deadlines.SESSION,
          () -> peer.status().sessions().toString(),
          ignored -> peer.status().sessions().established() >= 2);
    }
  }
}
