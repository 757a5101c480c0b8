package dev.bugle.advertiser.mrt;

import dev.bugle.bgp.Route;
import dev.bugle.bgp.mrt.MalformedMrtException;
import dev.bugle.bgp.mrt.MrtReader;
import dev.bugle.bgp.mrt.MrtRecord;
import dev.bugle.bgp.mrt.PeerIndexTable;
import dev.bugle.bgp.mrt.RibEntry;
import dev.bugle.bgp.mrt.RibRecord;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AttributeFault;
import dev.bugle.bgp.wire.attribute.FaultClass;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The unicast routes of a dump of tables, one for each prefix, as routes to announce; where a file
 * has several dumps, the last of each prefix. Equal attributes are kept once. For one thread.
 */
public final class DumpedRoutes {

  /** Of the reflection that the routes went through, which ends where they are announced anew. */
  private static final int ORIGINATOR_ID = 9;

  private static final int CLUSTER_LIST = 10;

  private final Choice choice;
  private final Map<PathAttributes, PathAttributes> attributes = new HashMap<>();
  private final Map<Prefix, Route> routes = new LinkedHashMap<>();
  private final Map<String, Integer> skipped = new TreeMap<>();
  private Optional<PeerIndexTable> peers = Optional.empty();

  /**
   * Which routes are taken.
   *
   * @param peer the address of the peer of the collector whose routes are taken; empty: the first
   *     of each prefix
   * @param limit how many at most
   * @param keepNextHop whether the next hops of the dump are announced, and not our own address
   */
  public record Choice(Optional<IpAddress> peer, int limit, boolean keepNextHop) {}

  private DumpedRoutes(Choice choice) {
    this.choice = choice;
  }

  /**
   * Reads a file, in all its length unless the limit is reached before.
   *
   * @param faults told what is wrong with a record, which is passed over
   * @throws IOException when it cannot be read
   */
  public static DumpedRoutes read(Path file, Choice choice, Consumer<String> faults)
      throws IOException {
    DumpedRoutes dumped = new DumpedRoutes(choice);
    try (MrtReader reader = MrtReader.open(file)) {
      boolean more = true;
      while (more && dumped.routes.size() < choice.limit()) {
        try {
          Optional<MrtRecord> record = reader.next();
          record.ifPresent(dumped::take);
          more = record.isPresent();
        } catch (MalformedMrtException fault) {
          dumped.skip("a record with a fault");
          faults.accept(file + ": " + fault.getMessage());
        }
      }
    }
    return dumped;
  }

  private void take(MrtRecord record) {
    if (record.body() instanceof PeerIndexTable table) {
      peers = Optional.of(table);
    } else if (record.body() instanceof RibRecord rib) {
      take(rib);
    } else {
      skip("no record of a table");
    }
  }

  private void take(RibRecord rib) {
    if (!(rib.destination() instanceof Prefix prefix) || !prefix.family().equals(rib.family())) {
      skip("of " + rib.family());
      return;
    }
    Optional<RibEntry> chosen = rib.entries().stream().filter(this::isChosen).findFirst();
    if (chosen.isEmpty()) {
      skip("not of the chosen peer");
    } else if (chosen.get().faults().stream().anyMatch(DumpedRoutes::isWithdrawal)) {
      skip("a route with a fault");
    } else {
      take(prefix, chosen.get());
    }
  }

  private static boolean isWithdrawal(AttributeFault fault) {
    return fault.faultClass() != FaultClass.DISCARD;
  }

  private boolean isChosen(RibEntry entry) {
    return choice.peer().isEmpty()
        || peers
            .map(PeerIndexTable::peers)
            .filter(known -> entry.peer() < known.size())
            .map(known -> known.get(entry.peer()).address())
            .equals(choice.peer());
  }

  private void take(Prefix prefix, RibEntry entry) {
    PathAttributes found = entry.attributes().without(ORIGINATOR_ID).without(CLUSTER_LIST);
    PathAttributes kept = attributes.computeIfAbsent(found, same -> same);
    Route.Builder route = Route.to(prefix).attributes(kept);
    if (choice.keepNextHop()) {
      entry.nextHop().ifPresent(address -> route.nextHop(address.toString()));
    }
    try {
      routes.put(prefix, route.build());
    } catch (IllegalArgumentException notToAnnounce) {
      skip(String.valueOf(notToAnnounce.getMessage()).replace(prefix + " ", ""));
    }
  }

  private void skip(String why) {
    skipped.merge(why, 1, Integer::sum);
  }

  /** The routes, in the order of the file. */
  public List<Route> routes() {
    return List.copyOf(routes.values());
  }

  /** How many records were passed over, for each reason. */
  public Map<String, Integer> skipped() {
    return Map.copyOf(skipped);
  }
}
