package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.Route;
import dev.bugle.bgp.mrt.Bgp4mpMessage;
import dev.bugle.bgp.mrt.Bgp4mpStateChange;
import dev.bugle.bgp.mrt.MalformedMrtException;
import dev.bugle.bgp.mrt.MrtReader;
import dev.bugle.bgp.mrt.MrtRecord;
import dev.bugle.bgp.mrt.MrtTime;
import dev.bugle.bgp.mrt.MrtWriter;
import dev.bugle.bgp.mrt.PeerIndexTable;
import dev.bugle.bgp.mrt.RibEntry;
import dev.bugle.bgp.mrt.RibRecord;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What routers dump is read as they show it, and what Bugle dumps is read by another program. */
class MrtDumpsTest extends FeatureContract {

  /** GoBGP's command ends before it has sent the last of what it has read. */
  private static final int FILLING = 3000;

  /** A route as both sides tell of it. */
  private record Told(
      String prefix, List<Long> asPath, String nextHop, long med, Set<String> communities) {}

  @Test
  void frrDumpsTheTableThatItShows() {
    startWithRoutes(RouterKind.FRR);
    String file = machine().directory() + "/frr/table.mrt";
    vtysh("dump bgp routes-mrt " + file + " 1");
    awaitTable(file);
  }

  @Test
  void birdDumpsTheTableThatItShows() {
    startWithRoutes(RouterKind.BIRD);
    for (String table : List.of("master4", "master6")) {
      String file = machine().directory() + "/" + table + ".mrt";
      String socket = machine().directory() + "/bird.ctl";
      machine()
          .run("birdc", "-s", socket, "mrt dump table " + table + " to \"" + file + "\"")
          .succeeded();
    }
    Eventually.see(
        "the dumps of BIRD hold what it shows",
        Deadlines.ROUTE,
        () -> {
          Set<Told> all = dumped(machine().directory() + "/master4.mrt");
          all.addAll(dumped(machine().directory() + "/master6.mrt"));
          return all;
        },
        shown()::equals);
  }

  @Test
  void frrDumpsTheMessagesOfASession() {
    startRouter(RouterKind.FRR);
    String file = machine().directory() + "/frr/all.mrt";
    vtysh("dump bgp all-et " + file);
    announce();
    startPeer(peer -> peer);
    awaitSession();
    awaitRoutes(VIP4, VIP6);
    Eventually.see(
        "the dump of FRR holds the session and its routes",
        Deadlines.ROUTE,
        () -> records(file),
        records ->
            records.stream().anyMatch(record -> record.body() instanceof Bgp4mpStateChange)
                && records.stream()
                    .filter(record -> record.time().microseconds().isPresent())
                    .filter(record -> record.body() instanceof Bgp4mpMessage)
                    .map(record -> ((Bgp4mpMessage) record.body()).message())
                    .filter(UpdateMessage.class::isInstance)
                    .flatMap(update -> ((UpdateMessage) update).announced().values().stream())
                    .flatMap(List::stream)
                    .map(Object::toString)
                    .collect(Collectors.toSet())
                    .containsAll(Set.of(VIP4, VIP6)));
  }

  @Test
  void gobgpTakesTheTableThatBugleDumps() throws IOException {
    startRouter(RouterKind.GOBGP);
    startPeer(peer -> peer);
    awaitSession();
    Path file = Path.of(machine().write("ours.mrt", ""));
    writeTable(file);
    machine().run("gobgp", "mrt", "inject", "global", file.toString()).succeeded();
    // Not the IPv6 route: GoBGP 3.10 does not read the next hop as RFC 6396 §4.3.4 has it.
    Eventually.see(
        "GoBGP has the IPv4 route of the dump",
        Deadlines.ROUTE,
        () -> machine().run("gobgp", "global", "rib", "-a", "ipv4").out(),
        rib ->
            rib.contains("198.51.100.0/24")
                && rib.contains("65010 4200000001")
                && rib.contains("64999:7"));
  }

  private void writeTable(Path file) throws IOException {
    Ipv4Address collector = (Ipv4Address) IpAddress.parse("192.0.2.9");
    IpAddress peer = IpAddress.parse(machine().wire().hostV4());
    PathAttributes common =
        PathAttributes.of(
            Origin.IGP,
            AsPath.sequence(65010L, 4200000001L),
            new Communities(List.of(Community.parse("64999:7"))));
    PathAttributes ipv4 = common.with(new NextHop((Ipv4Address) peer));
    MrtTime now = MrtTime.ofSeconds(Instant.now().getEpochSecond());
    try (MrtWriter writer = new MrtWriter(Files.newOutputStream(file))) {
      writer.write(
          new MrtRecord(
              now,
              new PeerIndexTable(
                  collector,
                  Bytes.EMPTY,
                  List.of(new PeerIndexTable.Peer(collector, peer, 65010)))));
      writer.write(
          new MrtRecord(
              now,
              new RibRecord(
                  0,
                  AddressFamily.IPV4_UNICAST,
                  Prefix.parse("198.51.100.0/24"),
                  List.of(new RibEntry(0, now.seconds(), ipv4)))));
      for (int i = 0; i < FILLING; i++) {
        writer.write(
            new MrtRecord(
                now,
                new RibRecord(
                    1 + i,
                    AddressFamily.IPV4_UNICAST,
                    Prefix.parse("198.18.%d.%d/32".formatted(i / 250, i % 250)),
                    List.of(new RibEntry(0, now.seconds(), ipv4)))));
      }
    }
  }

  private void announce() {
    bugle()
        .speaker()
        .announce(Route.to(VIP4).communities("65001:100", "no-export").med(7).prepend(1).build());
    bugle().speaker().announce(Route.to(VIP6).communities("65001:200").med(8).build());
  }

  private void startWithRoutes(RouterKind kind) {
    startRouter(kind);
    announce();
    startPeer(peer -> peer);
    awaitSession();
    awaitRoutes(VIP4, VIP6);
  }

  private void vtysh(String command) {
    String directory = machine().directory() + "/frr";
    machine()
        .run(
            "vtysh",
            "--vty_socket",
            directory,
            "--config_dir",
            directory,
            "-c",
            "configure terminal",
            "-c",
            command)
        .succeeded();
  }

  private void awaitTable(String file) {
    Eventually.see(
        "the dump of " + kind() + " holds what it shows",
        Deadlines.ROUTE,
        () -> dumped(file),
        shown()::equals);
  }

  private Set<Told> shown() {
    return router().received().stream()
        .map(
            route ->
                new Told(
                    route.prefix(),
                    route.asPath(),
                    route.nextHop(),
                    route.med().orElse(0),
                    route.communities()))
        .collect(Collectors.toSet());
  }

  private static Set<Told> dumped(String file) {
    return records(file).stream()
        .filter(record -> record.body() instanceof RibRecord)
        .map(record -> (RibRecord) record.body())
        .flatMap(rib -> rib.entries().stream().map(entry -> told(rib, entry)))
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** Only what was learned has a path: the router's own networks are in the table, too. */
  private static Optional<Told> told(RibRecord rib, RibEntry entry) {
    PathAttributes attributes = entry.attributes();
    return attributes
        .get(AsPath.class)
        .filter(path -> path.length() > 0)
        .map(
            path ->
                new Told(
                    rib.destination().toString(),
                    path.segments().stream().flatMap(part -> part.asns().stream()).toList(),
                    entry.nextHop().map(IpAddress::toString).orElse(""),
                    attributes.get(MultiExitDisc.class).map(MultiExitDisc::value).orElse(0L),
                    attributes.communities().stream()
                        .map(
                            one -> one.equals(Community.NO_EXPORT) ? "65535:65281" : one.toString())
                        .collect(Collectors.toSet())));
  }

  /** What is there by now; a record that is still being written is left for later. */
  private static List<MrtRecord> records(String file) {
    List<MrtRecord> records = new ArrayList<>();
    if (!Files.exists(Path.of(file))) {
      return records;
    }
    try (MrtReader reader = MrtReader.open(Path.of(file))) {
      for (Optional<MrtRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
        records.add(next.get());
      }
    } catch (MalformedMrtException unfinished) {
      assertThat(unfinished).hasMessageContaining(" ends after ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }
}
