package dev.bugle.advertiser.demo;

import dev.bugle.advertiser.demo.Sighting.Kind;
import dev.bugle.advertiser.demo.Timeline.Colour;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The script: what is done to the advertisers, and what the router must then see. */
final class Round {

  /** Generous, so that a slow machine does not fail; how long it took is printed. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final Duration LOOK_AFTER_PROCESSES = Duration.ofMillis(250);

  private final Timeline timeline;
  private final RouterView view;
  private final List<Node> nodes;
  private final Path lock;

  /** The advertisers that have not been told to end. */
  private final List<Node> running;

  Round(Timeline timeline, RouterView view, List<Node> nodes, Path lock) {
    this.timeline = timeline;
    this.view = view;
    this.nodes = nodes;
    this.lock = lock;
    this.running = new ArrayList<>(nodes);
  }

  /** Plays it, from two advertisers that are starting to none. */
  void play() throws StepFailedException, IOException, InterruptedException {
    List<Sighting> ups = new ArrayList<>();
    for (Node node : nodes) {
      ups.add(await(0, node, Kind.SESSION_UP));
    }
    ups.sort(Comparator.comparingLong(Sighting::nanos));
    ups.forEach(up -> saw(up, Colour.GREEN, "session with " + up.node() + " is up"));
    Sighting first = await(0, "any route", s -> s.kind() == Kind.LEARNED);
    Node leader = nodes.get(nodes.get(0).name().equals(first.node()) ? 0 : 1);
    Node other = nodes.get(leader == nodes.get(0) ? 1 : 0);
    expectRoutes(0, leader, Optional.empty());
    takeTheLockAway(leader, other);
    kill(other, leader);
    stopInOrder(leader);
    if (view.overlap().isPresent()) {
      throw new StepFailedException(view.overlap().get());
    }
  }

  private void takeTheLockAway(Node leader, Node other)
      throws StepFailedException, IOException, InterruptedException {
    int mark = view.mark();
    Path replacement = Files.createFile(lock.resolveSibling("replacement.lock"));
    timeline.now(
        "takes the lock away from "
            + leader.name()
            + ": another file in its place (a new lock file leads after one lease, "
            + Node.LEASE.toSeconds()
            + " s)");
    long since = System.nanoTime();
    Files.move(replacement, lock, StandardCopyOption.ATOMIC_MOVE);
    for (Prefix vip : AnnouncedVip.ALL) {
      Sighting gone = await(mark, leader, Kind.WITHDRAWN, vip);
      saw(gone, Colour.YELLOW, vip + " withdrawn by " + leader.name() + after(gone, since));
    }
    expectRoutes(mark, other, Optional.of(since));
    for (Node node : nodes) {
      if (view.has(mark, s -> s.is(Kind.SESSION_DOWN, node.name()))) {
        throw new StepFailedException("the session with " + node.name() + " did not stay up");
      }
    }
    timeline.at(
        System.nanoTime(), Colour.GREEN, "router", "both sessions have stayed up all the time");
  }

  private void kill(Node victim, Node survivor) throws StepFailedException, InterruptedException {
    int mark = view.mark();
    timeline.now("kills " + victim.name() + " (kill -9 " + victim.pid() + ")");
    long since = System.nanoTime();
    running.remove(victim);
    victim.kill();
    Sighting down = await(mark, victim, Kind.SESSION_DOWN);
    saw(
        down,
        Colour.RED,
        "session with " + victim.name() + " is down, its routes are gone" + after(down, since));
    expectRoutes(mark, survivor, Optional.of(since));
  }

  private void stopInOrder(Node leader) throws StepFailedException, InterruptedException {
    int mark = view.mark();
    timeline.now("stops " + leader.name() + " in order (kill -TERM " + leader.pid() + ")");
    long since = System.nanoTime();
    running.remove(leader);
    leader.terminate();
    for (Prefix vip : AnnouncedVip.ALL) {
      Sighting gone = await(mark, leader, Kind.WITHDRAWN, vip);
      saw(gone, Colour.YELLOW, vip + " withdrawn by " + leader.name() + after(gone, since));
    }
    Sighting farewell = await(mark, leader, Kind.NOTIFIED);
    saw(farewell, Colour.YELLOW, leader.name() + " says " + farewell.text());
    String expected = BgpError.administrativeShutdown(leader.farewell()).toString();
    if (!farewell.text().equals(expected)) {
      throw new StepFailedException("expected " + expected + " from " + leader.name());
    }
    Sighting down = await(mark, leader, Kind.SESSION_DOWN);
    saw(down, Colour.YELLOW, "session with " + leader.name() + " is closed" + after(down, since));
    for (Prefix vip : AnnouncedVip.ALL) {
      Predicate<Sighting> withdrawal = s -> s.is(Kind.WITHDRAWN, leader.name(), vip);
      if (!view.inOrder(mark, withdrawal, farewell::equals)
          || !view.inOrder(mark, withdrawal, down::equals)) {
        throw new StepFailedException(vip + " was not withdrawn before the session was closed");
      }
    }
    Optional<Integer> exitCode = leader.awaitExit(LIMIT);
    if (!exitCode.equals(Optional.of(0))) {
      throw new StepFailedException(
          leader.name() + " did not end with exit code 0, but with " + exitCode);
    }
  }

  /** Both VIPs must come from that advertiser, exactly as it was configured. */
  private void expectRoutes(int mark, Node node, Optional<Long> since)
      throws StepFailedException, InterruptedException {
    for (Prefix vip : AnnouncedVip.ALL) {
      Sighting learned = await(mark, node, Kind.LEARNED, vip);
      AnnouncedVip announced = AnnouncedVip.of(learned);
      saw(
          learned,
          Colour.GREEN,
          vip
              + " learned from "
              + node.name()
              + since.map(nanos -> after(learned, nanos)).orElse("")
              + ": "
              + announced);
      AnnouncedVip expected = AnnouncedVip.expected(vip, node);
      if (!announced.equals(expected)) {
        throw new StepFailedException("expected " + vip + " with " + expected);
      }
    }
  }

  private Sighting await(int mark, Node node, Kind kind)
      throws StepFailedException, InterruptedException {
    return await(mark, kind + " from " + node.name(), s -> s.is(kind, node.name()));
  }

  private Sighting await(int mark, Node node, Kind kind, Prefix vip)
      throws StepFailedException, InterruptedException {
    return await(
        mark, kind + " of " + vip + " from " + node.name(), s -> s.is(kind, node.name(), vip));
  }

  private Sighting await(int mark, String what, Predicate<Sighting> wanted)
      throws StepFailedException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    Optional<Sighting> found;
    do {
      Optional<Node> dead = running.stream().filter(node -> !node.isRunning()).findFirst();
      found = view.await(mark, wanted, LOOK_AFTER_PROCESSES);
      if (found.isEmpty() && dead.isPresent()) {
        throw new StepFailedException(
            dead.get().name() + " has ended before the router saw: " + what);
      }
    } while (found.isEmpty() && System.nanoTime() < end);
    return found.orElseThrow(
        () ->
            new StepFailedException(
                "within " + LIMIT.toSeconds() + " s the router did not see: " + what));
  }

  private void saw(Sighting sighting, Colour colour, String text) {
    timeline.at(sighting.nanos(), colour, "router", text);
  }

  private static String after(Sighting sighting, long since) {
    return String.format(Locale.ROOT, " after %.1f ms", (sighting.nanos() - since) / 1e6);
  }
}
