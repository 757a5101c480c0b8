package dev.bugle.advertiser.mrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.Eventually;
import dev.bugle.advertiser.json.Json;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.mrt.Bgp4mpMessage;
import dev.bugle.bgp.mrt.Bgp4mpStateChange;
import dev.bugle.bgp.mrt.MrtBody;
import dev.bugle.bgp.mrt.MrtReader;
import dev.bugle.bgp.mrt.MrtRecord;
import dev.bugle.bgp.mrt.MrtTime;
import dev.bugle.bgp.mrt.MrtWriter;
import dev.bugle.bgp.mrt.PeerIndexTable;
import dev.bugle.bgp.mrt.RibEntry;
import dev.bugle.bgp.mrt.RibRecord;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tools of {@code bugle mrt}, with a router on loopback. */
@Timeout(120)
class MrtToolsTest {

  private static final PathAttributes ATTRIBUTES =
      PathAttributes.of(
          Origin.EGP,
          AsPath.sequence(65010L, 4200000001L),
          new NextHop((Ipv4Address) IpAddress.parse("192.0.2.254")),
          new MultiExitDisc(7),
          new Communities(List.of(Community.parse("65010:1"))));

  private static final PathAttributes OTHER = ATTRIBUTES.with(AsPath.sequence(65020L));
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path directory;

  private static MrtRecord record(MrtBody body) {
    return new MrtRecord(MrtTime.ofSeconds(1_764_500_000), body);
  }

  private static MrtRecord rib(int sequence, String prefix, RibEntry... entries) {
    Prefix destination = Prefix.parse(prefix);
    return record(new RibRecord(sequence, destination.family(), destination, List.of(entries)));
  }

  private Path file(String name, List<MrtRecord> records) throws IOException {
    Path file = directory.resolve(name);
    OutputStream out = Files.newOutputStream(file);
    try (MrtWriter writer = new MrtWriter(name.endsWith(".gz") ? new GZIPOutputStream(out) : out)) {
      for (MrtRecord record : records) {
        writer.write(record);
      }
    }
    return file;
  }

  private static MrtRecord table() {
    Ipv4Address collector = (Ipv4Address) IpAddress.parse("192.0.2.9");
    return record(
        new PeerIndexTable(
            collector,
            Bytes.EMPTY,
            List.of(
                new PeerIndexTable.Peer(collector, IpAddress.parse("192.0.2.253"), 65020),
                new PeerIndexTable.Peer(collector, IpAddress.parse("192.0.2.254"), 65010))));
  }

  private Path sample(String name) throws IOException {
    return file(
        name,
        List.of(
            table(),
            rib(0, "203.0.113.0/24", new RibEntry(0, 1, OTHER), new RibEntry(1, 1, ATTRIBUTES)),
            rib(1, "198.51.100.0/24", new RibEntry(1, 1, ATTRIBUTES)),
            record(
                new RibRecord(
                    2, AddressFamily.IPV4_MULTICAST, Prefix.parse("198.51.100.0/24"), List.of()))));
  }

  private static DumpedRoutes.Choice choice(String peer, int limit, boolean keepNextHop) {
    return new DumpedRoutes.Choice(
        Optional.of(peer).filter(text -> !text.isEmpty()).map(IpAddress::parse),
        limit,
        keepNextHop);
  }

  private static List<String> read(Path file, DumpedRoutes.Choice choice) throws IOException {
    List<String> faults = new ArrayList<>();
    List<Route> routes = DumpedRoutes.read(file, choice, faults::add).routes();
    assertThat(faults).isEmpty();
    return routes.stream()
        .map(route -> route.prefix() + " " + route.others() + " " + route.nextHop())
        .toList();
  }

  @Test
  void ofEachPrefixTheFirstRouteIsTakenOrThatOfThePeer() throws IOException {
    String first = " ORIGIN egp, AS_PATH 65020 Optional.empty";
    String second = " ORIGIN egp, AS_PATH 65010 4200000001 Optional.empty";
    Path file = sample("rib.mrt.gz");
    assertThat(read(file, choice("", 9, false)))
        .containsExactly("203.0.113.0/24" + first, "198.51.100.0/24" + second);
    assertThat(read(file, choice("192.0.2.254", 9, false)))
        .containsExactly("203.0.113.0/24" + second, "198.51.100.0/24" + second);
    assertThat(read(file, choice("192.0.2.253", 9, true)))
        .containsExactly(
            "203.0.113.0/24" + first.replace("Optional.empty", "Optional[192.0.2.254]"));
    assertThat(read(file, choice("", 1, false))).hasSize(1);
  }

  @Test
  void whatIsPassedOverIsCounted() throws IOException {
    DumpedRoutes routes =
        DumpedRoutes.read(sample("rib.mrt"), choice("192.0.2.253", 9, false), fault -> {});
    assertThat(routes.skipped())
        .containsEntry("of ipv4-multicast", 1)
        .containsEntry("not of the chosen peer", 1)
        .hasSize(2);
  }

  @Test
  void eachRouteOfATableIsALine() throws IOException {
    DumpLines lines = new DumpLines();
    List<DumpLine> all = new ArrayList<>();
    try (MrtReader reader = MrtReader.open(sample("rib.mrt"))) {
      for (Optional<MrtRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
        all.addAll(lines.of(next.get()));
      }
    }
    assertThat(all).hasSize(4);
    assertThat(all.get(1).text())
        .isEqualTo(
            "2025-11-30T10:53:20Z ipv4-unicast 203.0.113.0/24 from 192.0.2.253 AS 65020"
                + " (192.0.2.9): ORIGIN egp, AS_PATH 65020, NEXT_HOP 192.0.2.254,"
                + " MULTI_EXIT_DISC 7, COMMUNITIES 65010:1");
    Json json = all.get(2).json();
    assertThat(json.find("asPath").flatMap(Json::text)).contains("65010 4200000001");
    assertThat(json.find("nextHop").flatMap(Json::text)).contains("192.0.2.254");
    assertThat(json.find("med").flatMap(Json::whole)).contains(7L);
  }

  @Test
  void aRouterIsToldAllRoutesOfADumpWithTheirAttributes() throws Exception {
    List<MrtRecord> records = new ArrayList<>(List.of(table()));
    for (int i = 0; i < 20_000; i++) {
      RibEntry entry = new RibEntry(1, 1, ATTRIBUTES.with(new MultiExitDisc(i % 500)));
      records.add(rib(i, "10.%d.%d.0/24".formatted(i / 250, i % 250), entry));
    }
    Path file = file("large.mrt", records);
    AtomicInteger arrived = new AtomicInteger();
    BlockingQueue<String> paths = new LinkedBlockingQueue<>();
    BlockingQueue<Long> told = new LinkedBlockingQueue<>();
    try (BgpSpeaker router = router()) {
      router.peer(
          passive(),
          new PeerListener() {
            @Override
            public void updateReceived(Peer peer, UpdateMessage update) {
              int before = arrived.get();
              update.announced().values().forEach(all -> arrived.addAndGet(all.size()));
              if (before == 0) {
                update.attributes().get(AsPath.class).ifPresent(path -> paths.add(path.toString()));
              }
              if (update.endOfRib().isPresent()) {
                paths.add("End-of-RIB");
              }
            }
          });
      List<Route> routes =
          DumpedRoutes.read(file, choice("", Integer.MAX_VALUE, false), fault -> {}).routes();
      try (Loading loading =
          Loading.open(
              peering(router), List.of("127.0.0.1"), routes, (peer, count) -> told.add(count))) {
        assertThat(loading).isNotNull();
        assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(20_000);
        assertThat(paths.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
            .isEqualTo("65001 65010 4200000001");
        assertThat(paths.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("End-of-RIB");
        assertThat(arrived).hasValue(20_000);
      }
    }
  }

  @Test
  void whatARouterSendsIsRecordedFromTheBeginningOfTheSession() throws Exception {
    Path file = directory.resolve("recorded.mrt");
    try (BgpSpeaker router = router()) {
      router.announce(Route.to("203.0.113.10/32").build());
      Peer peer = router.peer(passive());
      try (Recording recording = Recording.open(peering(router), "127.0.0.1", file)) {
        Eventually.is(() -> isRecorded(peer, recording), recording::messages);
      }
    }
    List<MrtBody> bodies = new ArrayList<>();
    try (MrtReader reader = MrtReader.open(file)) {
      for (Optional<MrtRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
        bodies.add(next.get().body());
      }
    }
    assertThat(bodies).first().isInstanceOf(Bgp4mpStateChange.class);
    assertThat(bodies)
        .filteredOn(Bgp4mpMessage.class::isInstance)
        .map(body -> ((Bgp4mpMessage) body).message().toString())
        .anyMatch(text -> text.startsWith("OPEN AS 65000"))
        .anyMatch(text -> text.startsWith("UPDATE nlri [203.0.113.10/32]"));
    assertThat(bodies)
        .last()
        .isInstanceOfSatisfying(
            Bgp4mpStateChange.class, change -> assertThat(change.from()).isEqualTo(6));
  }

  /** Whether the router has told everything, and the recording has it: being sent is not enough. */
  private static boolean isRecorded(Peer peer, Recording recording) {
    return peer.status().traffic().synchronised()
        && recording.messages() >= peer.status().traffic().sent().total();
  }

  private static BgpSpeaker router() {
    return BgpSpeaker.open(
        SpeakerConfig.builder(65000, "192.0.2.254").listen("127.0.0.1", 0).build());
  }

  private static PeerConfig passive() {
    return PeerConfig.builder("127.0.0.1", 65001).passive(true).build();
  }

  private static MrtPeering peering(BgpSpeaker router) {
    return new MrtPeering(
        65001,
        "192.0.2.1",
        new RemoteAs.Exactly(65000),
        router.listenAddresses().get(0).getPort(),
        Optional.of("127.0.0.1"));
  }
}
