package dev.bugle.it;

import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.LargeCommunity;
import dev.bugle.bgp.wire.attribute.PathAttributes;
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

/**
 * What comes of one seed: the feeders tell each router the same octets, step by step, and after
 * each step all neighbours must have been told the same by each router. It begins on empty tables
 * and leaves them empty.
 */
final class DifferentialRun {

  private final ComparedNetwork network;
  private final Topology topology;
  private final Random random;
  private final RandomAttributes attributes;
  private final FeedersTables tables;
  private final List<Prefix> prefixes = new ArrayList<>();
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
    attributes = new RandomAttributes(random, network.addresses(), topology);
    for (int i = random.nextInt(50, 300); i > 0; i--) {
      int length = random.nextInt(100) < 80 ? 24 : random.nextInt(16, 33);
      int bits = Ipv4Address.parse("198.18.0.0").bits() | random.nextInt(1 << 17);
      prefixes.add(new Prefix(new Ipv4Address(bits).masked(length), length));
    }
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
    settle(feeder -> List.of(withdrawal(feeder, tables.prefixes(feeder))));
    count("seeds", 1);
  }

  private List<UpdateMessage> much(ComparedPeer feeder) {
    return updates(feeder, random.nextInt(20, 60));
  }

  private List<UpdateMessage> little(ComparedPeer feeder) {
    return updates(feeder, random.nextInt(0, 15));
  }

  private List<UpdateMessage> updates(ComparedPeer feeder, int number) {
    List<UpdateMessage> updates = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      List<Prefix> some = new ArrayList<>();
      for (int j = random.nextInt(1, 10); j > 0; j--) {
        some.add(prefixes.get(random.nextInt(prefixes.size())));
      }
      List<Prefix> distinct = some.stream().distinct().toList();
      if (random.nextInt(100) < 25) {
        updates.add(withdrawal(feeder, distinct));
      } else {
        PathAttributes said = attributes.of(feeder);
        distinct.forEach(prefix -> tables.announce(feeder, prefix, said));
        updates.add(new UpdateMessage(List.of(), said, distinct));
      }
    }
    return updates;
  }

  private UpdateMessage withdrawal(ComparedPeer feeder, List<? extends Nlri> some) {
    some.forEach(prefix -> tables.withdraw(feeder, prefix));
    return new UpdateMessage(some, PathAttributes.EMPTY, List.of());
  }

  /** Has the living feeders say this and end with a mark, and compares when the marks are there. */
  private void settle(Function<ComparedPeer, List<UpdateMessage>> said) {
    int step = tables.nextStep();
    Map<ComparedPeer, byte[]> octets = new LinkedHashMap<>();
    for (ComparedPeer feeder : topology.feeders()) {
      if (network.isConnected(feeder)) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        said.apply(feeder).forEach(update -> out.writeBytes(OctetSession.octets(update)));
        PathAttributes marked = attributes.mark(feeder, step);
        out.writeBytes(
            OctetSession.octets(new UpdateMessage(List.of(), marked, List.of(mark(feeder)))));
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
  private boolean isMarked(Map<Nlri, PathAttributes> told, ComparedPeer peer, int step) {
    return topology.feeders().stream()
        .filter(feeder -> Topology.isTold(feeder, peer))
        .allMatch(
            feeder -> {
              Optional<PathAttributes> found = Optional.ofNullable(told.get(mark(feeder)));
              return network.isConnected(feeder)
                  ? found
                      .filter(mark -> mark.largeCommunities().contains(markOf(feeder, step)))
                      .isPresent()
                  : found.isEmpty();
            });
  }

  private static LargeCommunity markOf(ComparedPeer feeder, int step) {
    return new LargeCommunity(RandomAttributes.MARK, feeder.host(), step);
  }

  private static Prefix mark(ComparedPeer feeder) {
    return new Prefix(Ipv4Address.parse("203.0.113." + feeder.host()), 32);
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
        count("routes compared with " + other.name(), comparison.size());
      }
    }
  }
}
