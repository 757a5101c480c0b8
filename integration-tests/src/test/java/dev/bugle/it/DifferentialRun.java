package dev.bugle.it;

import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.LargeCommunity;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What comes of one seed: the feeders tell each router the same octets, step by step, and after
 * each step all neighbours must have been told the same by each router. It begins on empty tables
 * and leaves them empty.
 */
final class DifferentialRun {

  private final ComparedNetwork network;
  private final Topology topology;
  private final Random random;
  private final FeedersTables tables;
  private final RandomUpdates updates;
  private final Map<String, Integer> counts;

  /**
   * A run that has not begun.
   *
   * @param counts of steps, routes and so on, which it adds to
   */
  DifferentialRun(ComparedNetwork network, long seed, Map<String, Integer> counts) {
    this.network = network;
    this.topology = network.topology();
    this.counts = counts;
    tables = new FeedersTables(topology);
    random = new Random(seed);
    updates =
        new RandomUpdates(
            random, new RandomAttributes(random, network.addresses(), topology), tables);
  }

  private void count(String what, int number) {
    counts.merge(what, number, Integer::sum);
  }

  /** Does so many steps. Now and then a session ends, and comes back. */
  void run(int steps) {
    settle(this::much);
    for (int i = 1; i < steps; i++) {
      int chosen = random.nextInt(100);
      if (chosen < 8) {
        ComparedPeer gone = topology.feeders().get(random.nextInt(topology.feeders().size()));
        network.disconnect(gone, random.nextBoolean());
        tables.clear(gone);
        settle(this::little);
        network.connect(gone);
        settle(feeder -> feeder.equals(gone) ? much(feeder) : List.of());
        count("feeders that came back", 1);
      } else if (chosen < 12) {
        network.disconnect(topology.receiver(), random.nextBoolean());
        network.connect(topology.receiver());
        settle(feeder -> List.of());
        count("receivers that came back", 1);
      } else {
        settle(this::little);
      }
    }
    settle(updates::nothing);
    count("seeds", 1);
  }

  private List<UpdateMessage> much(ComparedPeer feeder) {
    return updates.of(feeder, random.nextInt(20, 60));
  }

  private List<UpdateMessage> little(ComparedPeer feeder) {
    return updates.of(feeder, random.nextInt(0, 15));
  }

  /** Has the living feeders say this and end with a mark, and compares when the marks are there. */
  private void settle(Function<ComparedPeer, List<UpdateMessage>> said) {
    int step = tables.nextStep();
    Map<ComparedPeer, byte[]> octets = new LinkedHashMap<>();
    for (ComparedPeer feeder : topology.feeders()) {
      if (network.isConnected(feeder)) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        said.apply(feeder).forEach(update -> out.writeBytes(OctetSession.octets(update)));
        updates.mark(feeder, step).forEach(update -> out.writeBytes(OctetSession.octets(update)));
        octets.put(feeder, out.toByteArray());
      }
    }
    for (ComparedRouter router : network.routers()) {
      // The order in which they come must not matter.
      List<ComparedPeer> order = new ArrayList<>(octets.keySet());
      Collections.shuffle(order, random);
      order.forEach(
          feeder ->
              network.session(feeder, router).write(Objects.requireNonNull(octets.get(feeder))));
    }
    for (ComparedPeer peer : network.connected()) {
      for (ComparedRouter router : network.routers()) {
        network
            .session(peer, router)
            .await("the marks of step " + step, told -> isMarked(told, peer, step));
      }
    }
    compare(step);
    count("steps", 1);
  }

  /** Whether it has been told of that step by all feeders, and knows of the dead that they are. */
  private boolean isMarked(Map<Nlri, ToldRoute> told, ComparedPeer peer, int step) {
    return topology.feeders().stream()
        .filter(feeder -> Topology.isTold(feeder, peer))
        .allMatch(
            feeder -> {
              LargeCommunity mark = new LargeCommunity(RandomAttributes.MARK, feeder.host(), step);
              return Stream.of(RandomUpdates.ipv4Mark(feeder), RandomUpdates.ipv6Mark(feeder))
                  .map(prefix -> Optional.ofNullable(told.get(prefix)))
                  .allMatch(
                      found ->
                          network.isConnected(feeder)
                              ? found.filter(route -> isMarked(route, mark)).isPresent()
                              : found.isEmpty());
            });
  }

  private static boolean isMarked(ToldRoute route, LargeCommunity mark) {
    return route.attributes().largeCommunities().contains(mark);
  }

  private void compare(int step) {
    for (ComparedRouter other : network.others()) {
      for (ComparedPeer peer : network.connected()) {
        Comparison comparison = new Comparison(network, peer, other);
        try {
          Eventually.see(
              "Bugle and %s tell %s the same after step %d".formatted(other.name(), peer, step),
              Deadlines.ROUTE,
              comparison::differences,
              List::isEmpty);
        } catch (AssertionError differing) {
          throw new AssertionError(differing.getMessage() + comparison.report(tables), differing);
        }
        count("IPv4 routes compared with " + other.name(), comparison.size(true));
        count("IPv6 routes compared with " + other.name(), comparison.size(false));
      }
    }
  }
}
