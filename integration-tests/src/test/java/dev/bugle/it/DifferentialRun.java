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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Bugle, FRR and BIRD with the same neighbours, which tell each of them the same octets; what they
 * tell a neighbour must be the same, too, each time that all has been told.
 */
final class DifferentialRun implements AutoCloseable {

  private final Topology topology;
  private final SharedNetwork network;
  private final List<ComparedRouter> routers;
  private final Map<ComparedPeer, Map<ComparedRouter, OctetSession>> sessions =
      new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  private DifferentialRun(Topology topology, SharedNetwork network, List<ComparedRouter> routers) {
    this.topology = topology;
    this.network = network;
    this.routers = routers;
  }

  /** Starts the routers, those that are daemons in this machine, and their neighbours. */
  static DifferentialRun start(Machine machine, Topology topology) {
    List<Integer> outside =
        Stream.concat(
                Stream.of(ComparedBugle.HOST), topology.peers().stream().map(ComparedPeer::host))
            .toList();
    SharedNetwork network =
        SharedNetwork.on(machine, outside, List.of(ComparedFrr.HOST, ComparedBird.HOST));
    List<ComparedRouter> routers = new ArrayList<>();
    DifferentialRun run = new DifferentialRun(topology, network, routers);
    try {
      routers.add(ComparedBugle.start(network, topology));
      routers.add(ComparedFrr.start(machine, network, topology));
      if (topology.hasBird()) {
        routers.add(ComparedBird.start(machine, network, topology));
      }
      topology.peers().forEach(run::connect);
      return run;
    } catch (RuntimeException | Error e) {
      run.close();
      throw e;
    }
  }

  private void connect(ComparedPeer peer) {
    Map<ComparedRouter, OctetSession> all = new LinkedHashMap<>();
    sessions.put(peer, all);
    for (ComparedRouter router : routers) {
      all.put(router, OctetSession.open(peer, network.address(peer.host()), router));
    }
  }

  private void disconnect(ComparedPeer peer, boolean inGoodOrder) {
    Optional.ofNullable(sessions.remove(peer))
        .ifPresent(all -> all.values().forEach(session -> session.end(inGoodOrder)));
  }

  /** Steps, comparisons and routes so far. */
  Map<String, Integer> counts() {
    return counts;
  }

  private void count(String what, int number) {
    counts.merge(what, number, Integer::sum);
  }

  /** One random sequence, on empty tables, which it leaves empty. */
  void run(long seed, int steps) {
    Sequence sequence = new Sequence(seed);
    try {
      sequence.run(steps);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "%s, -Dbugle.differential.seed=%d: %s".formatted(topology, seed, e.getMessage()), e);
    }
    count("sequences", 1);
  }

  /** What comes of one seed. */
  private final class Sequence {

    private final Random random;
    private final RandomAttributes attributes;
    private final FeedersTables tables = new FeedersTables(topology);
    private final List<Prefix> prefixes = new ArrayList<>();

    Sequence(long seed) {
      random = new Random(seed);
      attributes = new RandomAttributes(random, network, topology);
      for (int i = random.nextInt(50, 300); i > 0; i--) {
        int length = random.nextInt(100) < 80 ? 24 : random.nextInt(16, 33);
        int bits = Ipv4Address.parse("198.18.0.0").bits() | random.nextInt(1 << 17);
        prefixes.add(new Prefix(new Ipv4Address(bits).masked(length), length));
      }
    }

    void run(int steps) {
      settle(this::much);
      for (int i = 1; i < steps; i++) {
        int chosen = random.nextInt(100);
        if (chosen < 8) {
          ComparedPeer gone = topology.feeders().get(random.nextInt(topology.feeders().size()));
          disconnect(gone, random.nextBoolean());
          tables.clear(gone);
          settle(this::little);
          connect(gone);
          settle(feeder -> feeder.equals(gone) ? much(feeder) : List.of());
          count("feeders that died and came back", 1);
        } else if (chosen < 12) {
          disconnect(topology.receiver(), random.nextBoolean());
          connect(topology.receiver());
          settle(feeder -> List.of());
          count("receivers that came back", 1);
        } else {
          settle(this::little);
        }
      }
      settle(feeder -> List.of(withdrawal(feeder, tables.prefixes(feeder))));
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
        some = some.stream().distinct().toList();
        if (random.nextInt(100) < 25) {
          updates.add(withdrawal(feeder, some));
        } else {
          PathAttributes said = attributes.of(feeder);
          some.forEach(prefix -> tables.announce(feeder, prefix, said));
          updates.add(new UpdateMessage(List.of(), said, some));
        }
      }
      return updates;
    }

    private UpdateMessage withdrawal(ComparedPeer feeder, List<? extends Nlri> some) {
      some.forEach(prefix -> tables.withdraw(feeder, prefix));
      return new UpdateMessage(some, PathAttributes.EMPTY, List.of());
    }

    /** Has the living feeders say this, and then compares what comes of it. */
    private void settle(Function<ComparedPeer, List<UpdateMessage>> said) {
      int step = tables.nextStep();
      Map<ComparedPeer, byte[]> octets = new LinkedHashMap<>();
      for (ComparedPeer feeder : topology.feeders()) {
        if (sessions.containsKey(feeder)) {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          said.apply(feeder).forEach(update -> out.writeBytes(OctetSession.octets(update)));
          out.writeBytes(
              OctetSession.octets(
                  new UpdateMessage(
                      List.of(), attributes.mark(feeder, step), List.of(mark(feeder)))));
          octets.put(feeder, out.toByteArray());
        }
      }
      for (ComparedRouter router : routers) {
        // The order in which they come must not matter.
        List<ComparedPeer> order = new ArrayList<>(octets.keySet());
        Collections.shuffle(order, random);
        order.forEach(
            feeder -> session(feeder, router).write(Objects.requireNonNull(octets.get(feeder))));
      }
      for (ComparedRouter router : routers) {
        session(topology.receiver(), router)
            .await(
                "the marks of step " + step + " of " + octets.keySet(),
                told ->
                    topology.feeders().stream()
                        .filter(topology::isTold)
                        .allMatch(
                            feeder ->
                                octets.containsKey(feeder)
                                    ? isMarked(told, feeder, step)
                                    : !told.containsKey(mark(feeder))));
      }
      compare(step);
      count("steps", 1);
    }

    private boolean isMarked(Map<Nlri, PathAttributes> told, ComparedPeer feeder, int step) {
      return Optional.ofNullable(told.get(mark(feeder)))
          .filter(
              found ->
                  found.largeCommunities().contains(new LargeCommunity(64499, feeder.host(), step)))
          .isPresent();
    }

    private void compare(int step) {
      for (ComparedRouter other : routers.subList(1, routers.size())) {
        try {
          Eventually.see(
              "Bugle and " + other.name() + " tell the same after step " + step,
              Deadlines.ROUTE,
              () -> differences(other),
              List::isEmpty);
        } catch (AssertionError differing) {
          throw new AssertionError(differing.getMessage() + report(), differing);
        }
      }
      count("routes", told(routers.get(0)).size() * (routers.size() - 1));
    }

    /** The prefixes of which Bugle tells otherwise than the other. */
    private List<Nlri> differences(ComparedRouter other) {
      return Comparison.differences(lenient(routers.get(0), other), lenient(other, other));
    }

    /** What a router tells, but for that in which the other may differ. */
    private Map<Nlri, PathAttributes> lenient(ComparedRouter router, ComparedRouter other) {
      Map<Nlri, PathAttributes> all = told(router);
      Ipv4Address receiver = network.ipAddress(topology.receiver().host());
      for (Leeway leeway : Leeway.values()) {
        if (leeway.holds(other, topology)) {
          Map<Nlri, PathAttributes> left = new HashMap<>();
          all.forEach(
              (prefix, attributes) ->
                  leeway
                      .without(attributes, receiver)
                      .ifPresent(compared -> left.put(prefix, compared)));
          all = left;
        }
      }
      return all;
    }

    /** How the tables differ: for each kind of difference how often, and an example. */
    private String report() {
      Map<String, List<Nlri>> kinds = new TreeMap<>();
      for (ComparedRouter other : routers.subList(1, routers.size())) {
        Map<Nlri, PathAttributes> told = lenient(other, other);
        Map<Nlri, PathAttributes> bugle = lenient(routers.get(0), other);
        for (Nlri prefix : Comparison.differences(bugle, told)) {
          String kind =
              Comparison.kind(
                  Optional.ofNullable(bugle.get(prefix)), Optional.ofNullable(told.get(prefix)));
          kinds.computeIfAbsent(other.name() + " " + kind, first -> new ArrayList<>()).add(prefix);
        }
      }
      StringBuilder text = new StringBuilder();
      kinds.forEach(
          (kind, found) ->
              text.append("\n  %s than Bugle, of %d prefixes, as of ".formatted(kind, found.size()))
                  .append(example(found.get(0))));
      return text.toString();
    }

    private String example(Nlri prefix) {
      StringBuilder text = new StringBuilder(prefix.toString());
      for (ComparedRouter router : routers) {
        text.append("\n    %-5s ".formatted(router.name()))
            .append(
                Optional.ofNullable(told(router).get(prefix))
                    .map(PathAttributes::toString)
                    .orElse("tells nothing"));
      }
      tables.history(prefix).forEach(event -> text.append("\n    ").append(event));
      return text.toString();
    }
  }

  private Map<Nlri, PathAttributes> told(ComparedRouter router) {
    return Comparison.normal(
        session(topology.receiver(), router).told(),
        Ipv4Address.parse(router.address().getAddress().getHostAddress()));
  }

  private OctetSession session(ComparedPeer peer, ComparedRouter router) {
    return Objects.requireNonNull(sessions.getOrDefault(peer, Map.of()).get(router));
  }

  private static Prefix mark(ComparedPeer feeder) {
    return new Prefix(Ipv4Address.parse("203.0.113." + feeder.host()), 32);
  }

  @Override
  public void close() {
    List.copyOf(sessions.keySet()).forEach(peer -> disconnect(peer, true));
    routers.forEach(ComparedRouter::close);
  }
}
