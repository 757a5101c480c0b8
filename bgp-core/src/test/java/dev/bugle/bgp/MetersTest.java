package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.message.MessageType;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The meters are those that docs/metrics.md tells of, and say what happens. */
@Timeout(60)
class MetersTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private BgpSpeaker open() {
    return BgpSpeaker.open(
        SpeakerConfig.builder(65000, "192.0.2.254")
            .listen("127.0.0.1", 0)
            .meterRegistry(registry)
            .build());
  }

  private static PeerConfig peer(String address, long asn) {
    return PeerConfig.builder(address, asn).passive(true).build();
  }

  /** Name, type and tags of every meter of a speaker with a peer. */
  private Map<String, String> registered() {
    Map<String, String> meters = new TreeMap<>();
    try (BgpSpeaker speaker = open()) {
      speaker.peer(peer("127.0.0.2", 65001));
      for (Meter meter : registry.getMeters()) {
        Meter.Id id = meter.getId();
        List<String> tags = id.getTags().stream().map(Tag::getKey).sorted().toList();
        meters.put(id.getName(), id.getType().name().toLowerCase(Locale.ROOT) + " " + tags);
      }
    }
    return meters;
  }

  /** The rows of the tables: name, type, unit, tags, meaning. */
  private static Map<String, String> documented() throws IOException {
    Map<String, String> meters = new TreeMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("| `bgp.")) {
        String[] cells = line.replace("`", "").split("\\s*\\|\\s*", -1);
        assertThat(cells).as(line).hasSize(7);
        List<String> tags = Arrays.stream(cells[4].split(", ", -1)).sorted().toList();
        assertThat(meters.put(cells[1], cells[2] + " " + tags)).as("told once").isNull();
        assertThat(cells[5]).as("the meaning of " + cells[1]).isNotEmpty();
      }
    }
    return meters;
  }

  @Test
  void theDocumentTellsOfEveryMeterAndOfNoOther() throws IOException {
    assertThat(documented()).isEqualTo(registered());
  }

  @Test
  void theDocumentTellsOfEveryValueOfATag() throws IOException {
    String text = Files.readString(DOCUMENT);
    for (int code : SessionCounters.ERROR_CODES) {
      assertThat(text).contains("`" + Meters.error(code) + "`");
    }
    for (SessionState state : SessionState.values()) {
      assertThat(text)
          .contains("`" + state.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`");
    }
    for (MessageType type : MessageType.values()) {
      assertThat(text).contains("`" + type.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`");
    }
  }

  @Test
  void theStatesAreNumberedAsTheyAreInTheMib() {
    assertThat(Arrays.stream(SessionState.values()).map(Meters::number))
        .containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void theMetersOfAPeerGoWithIt() {
    try (BgpSpeaker speaker = open()) {
      speaker.peer(peer("127.0.0.2", 65001));
      List<Meter> before = registry.getMeters();
      PeerConfig config =
          PeerConfig.builder("127.0.0.3", RemoteAs.Relation.EXTERNAL)
              .passive(true)
              .families(AddressFamily.IPV4_UNICAST, new AddressFamily(16388, 71))
              .build();
      Peer peer = speaker.peer(config);
      assertThat(registry.get("bgp.peer.state").tag("remote.as", "external").gauges()).hasSize(1);
      assertThat(registry.get("bgp.peer.prefixes.sent").tag("afi", "16388").gauges()).hasSize(1);
      peer.close();
      assertThat(registry.getMeters()).containsExactlyInAnyOrderElementsOf(before);
      speaker.peer(config);
      assertThat(registry.getMeters()).hasSizeGreaterThan(before.size());
    }
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void aSpeakerWithoutARegistryMeasuresNothing() {
    try (BgpSpeaker speaker =
        BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").build())) {
      assertThat(speaker.config().meterRegistry()).isEmpty();
      speaker.peer(peer("127.0.0.2", 65001)).close();
    }
    assertThat(registry.getMeters()).isEmpty();
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  private double counter(String name, String... tags) {
    FunctionCounter counter = registry.get(name).tags(tags).functionCounter();
    return counter.count();
  }

  @Test
  void theMetersSayWhatHappens() throws Exception {
    try (BgpSpeaker speaker = open();
        BgpSpeaker announcer = BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build())) {
      PeerLog log = new PeerLog();
      Peer peer = speaker.peer(peer("127.0.0.2", 65001), log);
      log.await("state ACTIVE");
      assertThat(gauge("bgp.peer.state")).isEqualTo(3);
      speaker.announce(Route.to("203.0.113.1/32").build());
      InetSocketAddress address = speaker.listenAddresses().get(0);
      announcer.announce(Route.to("203.0.113.2/32").build());
      announcer.peer(
          PeerConfig.builder("127.0.0.1", 65000)
              .port(address.getPort())
              .localAddress("127.0.0.2")
              .connectRetry(Duration.ofMillis(300))
              .build());
      log.established();
      log.await("UPDATE nlri");
      Deadline.await(speaker.flush());
      assertThat(gauge("bgp.peer.state", "peer", "127.0.0.2", "remote.as", "65001")).isEqualTo(6);
      assertThat(gauge("bgp.peer.established")).isEqualTo(1);
      assertThat(gauge("bgp.peer.session.seconds")).isPositive();
      assertThat(gauge("bgp.peer.prefixes.sent", "afi", "ipv4", "safi", "unicast")).isEqualTo(1);
      assertThat(counter("bgp.peer.prefixes.announced", "direction", "received", "afi", "ipv4"))
          .isEqualTo(1);
      assertThat(counter("bgp.peer.messages", "direction", "sent", "type", "open")).isEqualTo(1);
      peer.reset("");
      log.await("state ACTIVE: reset");
      assertThat(counter("bgp.peer.notifications", "direction", "sent", "code", "cease"))
          .isEqualTo(1);
      assertThat(counter("bgp.peer.transitions", "to", "established")).isGreaterThanOrEqualTo(1);
    }
  }
}
