package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.Tshark;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a speaker sends a station, in all five views, as Wireshark's dissector reads it. */
@Timeout(120)
class BmpStreamJudgeTest {

  private static final String ACCEPTED = "203.0.113.1";
  private static final String REJECTED = "203.0.113.2";
  private static final String OURS = "198.51.100.0";
  private static final String UNTOLD = "192.0.2.0";

  private static final String TYPE = "bmp.type";
  private static final String PEER_TYPE = "bmp.peer.type";
  private static final String POST_POLICY = "bmp.peer.flags.post_policy";
  private static final String ADJ_RIB_OUT = "bmp.peer.flags.adj_rib_out";
  private static final String PREFIX = "bgp.nlri_prefix";
  private static final List<String> FIELDS =
      List.of(TYPE, PEER_TYPE, POST_POLICY, ADJ_RIB_OUT, PREFIX);

  private static final int HEADER = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @BeforeAll
  static void tsharkIsThere() throws Exception {
    Tshark.require();
  }

  @Test
  void allViewsOfAPeerAreReadAsWhatTheyAre() throws Exception {
    try (WitnessStation station = new WitnessStation(0);
        Learner learner =
            new Learner(
                config ->
                    config.bmp(
                        BmpConfig.to(WitnessStation.ADDRESS, station.port())
                            .withTables(EnumSet.allOf(BmpTable.class))))) {
      learner.speaker.announce(Route.to(OURS + "/24").build());
      learner.speaker.announce(Route.to(UNTOLD + "/24").build());
      learner.speaker.peer(
          Learner.config()
              .importPolicy(only(ACCEPTED + "/32"))
              .exportPolicy(only(OURS + "/24"))
              .build());
      try (RawPeer raw = learner.connect()) {
        Learner.announce(raw, ACCEPTED + "/32");
        Learner.announce(raw, REJECTED + "/32");
        station.read();
        Set<String> views = views(station);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!views.equals(expected()) && System.nanoTime() < end) {
          views = views(station);
        }
        assertThat(views).isEqualTo(expected());
      }
    }
  }

  private static RoutePolicy only(String prefix) {
    return RoutePolicy.of(
        PolicyRule.when(Condition.prefixIn(prefix)).change(RouteChange.med(7)).accept());
  }

  /** Peer type, both flags, and the prefix (RFC 7854 §4.2, RFC 8671 §4, RFC 9069 §4.2). */
  private static Set<String> expected() {
    return new TreeSet<>(
        List.of(
            "received " + ACCEPTED,
            "received " + REJECTED,
            "accepted " + ACCEPTED,
            "to be told " + OURS,
            "to be told " + UNTOLD,
            "told " + OURS,
            "selected " + ACCEPTED,
            "selected " + OURS,
            "selected " + UNTOLD));
  }

  private Set<String> views(WitnessStation station) throws Exception {
    List<byte[]> messages = messages(station.octets());
    Set<String> views = new TreeSet<>();
    Tshark tshark = new Tshark(directory, "-d", "tcp.port==179,bmp");
    for (Map<String, String> packet : tshark.dissect(messages, FIELDS)) {
      if (!isNamedPeerUp(packet)) {
        assertThat(packet).containsEntry(Tshark.MALFORMED, "");
      }
      String prefixes = packet.getOrDefault(PREFIX, "");
      if ("0".equals(packet.get(TYPE)) && !prefixes.isEmpty()) {
        List.of(prefixes.split("\\|")).forEach(one -> views.add(view(packet) + " " + one));
      }
    }
    return views;
  }

  /** Version 4.0 takes the name of the table behind the OPENs (RFC 9069 §4.4) for BGP. */
  private static boolean isNamedPeerUp(Map<String, String> packet) {
    return "3".equals(packet.get(TYPE)) && "3".equals(packet.get(PEER_TYPE));
  }

  private static String view(Map<String, String> packet) {
    if ("3".equals(packet.get(PEER_TYPE))) {
      return "selected";
    }
    boolean isOut = "1".equals(packet.get(ADJ_RIB_OUT));
    boolean isPost = "1".equals(packet.get(POST_POLICY));
    return isOut ? isPost ? "told" : "to be told" : isPost ? "accepted" : "received";
  }

  /** The whole messages of a stream: an octet of version, four of length (RFC 7854 §4.1). */
  private static List<byte[]> messages(byte[] stream) {
    List<byte[]> messages = new ArrayList<>();
    ByteBuffer left = ByteBuffer.wrap(stream);
    while (left.remaining() >= HEADER && left.getInt(left.position() + 1) <= left.remaining()) {
      byte[] message = new byte[left.getInt(left.position() + 1)];
      left.get(message);
      messages.add(message);
    }
    return messages;
  }
}
