package dev.bugle.k8s.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.leadership.Leadership.State;
import dev.bugle.k8s.lease.LeaseAnswer.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Elections in virtual time among candidates whose clocks run at different speeds, over a network
 * that loses, delays and reorders, with people who delete the Lease. Whatever happens, never do two
 * lead; and when it is over, one does.
 */
class LeaseElectionTest {

  private static final Instant EPOCH = Instant.parse("2026-11-25T10:00:00Z");
  private static final LeaseTerms TERMS = LeaseTerms.DEFAULTS;

  /** The true time of something that happens, in nanoseconds. */
  private record Happening(long at, long order, Runnable what) {}

  private final PriorityQueue<Happening> agenda =
      new PriorityQueue<>(
          (a, b) ->
              a.at() == b.at() ? Long.compare(a.order(), b.order()) : Long.compare(a.at(), b.at()));
  private final SimulatedLease lease = new SimulatedLease();
  private final List<Node> nodes = new ArrayList<>();
  private long time;
  private long orders;
  private boolean isRough;
  private boolean isCalm;
  private int elections;

  private void at(long when, Runnable what) {
    agenda.add(new Happening(Math.max(when, time), orders++, what));
  }

  private final class Node {
    private final Random random;
    private final double speed;
    private final long offset;
    private final LeaseFsm fsm;
    private boolean isCalling;
    private boolean led;
    private long cutOffUntil;

    Node(String name, Random random) {
      this.random = random;
      this.speed = 0.99 + 0.02 * random.nextDouble();
      this.offset = random.nextInt(1_000_000_000);
      this.fsm =
          new LeaseFsm("the Lease", name, TERMS, new Pace(TERMS.retryPeriod(), random::nextDouble));
    }

    long clock() {
      return (long) (time * speed) + offset;
    }

    boolean leads() {
      return fsm.leadership().isHeldAt(clock());
    }

    void wake() {
      if (fsm.leadership().needsReleaseAt(clock())) {
        fsm.release(clock());
      }
      if (isCalling) {
        return;
      }
      Optional<LeaseCall> call = fsm.next(clock(), EPOCH.plusNanos(random.nextInt(1_000_000)));
      if (call.isPresent()) {
        send(call.get());
      } else {
        long wait = Math.min(fsm.due() - clock(), Duration.ofSeconds(1).toNanos());
        at(time + Math.max(1000, wait), this::wake);
      }
    }

    private void send(LeaseCall call) {
      isCalling = true;
      long start = clock();
      long patience = fsm.patience(start);
      boolean isLost = time < cutOffUntil || (isRough && random.nextInt(4) == 0);
      boolean isAnswerLost = isRough && random.nextInt(4) == 0;
      long there = delay();
      long back = delay();
      boolean[] isAnswered = {false};
      if (!isLost) {
        at(
            time + there,
            () -> {
              LeaseAnswer answer = lease.apply(call);
              if (!isAnswerLost) {
                at(time + back, () -> end(call, answer, start, isAnswered));
              }
            });
      }
      at(
          time + (long) (patience / speed) + 1,
          () -> end(call, new Failed("no answer"), start, isAnswered));
    }

    private void end(LeaseCall call, LeaseAnswer answer, long start, boolean[] isAnswered) {
      if (!isAnswered[0]) {
        isAnswered[0] = true;
        isCalling = false;
        fsm.answered(call, answer, start, clock());
        wake();
      }
    }

    /** Mostly short; now and then longer than anybody waits. */
    private long delay() {
      return !isRough || random.nextInt(5) > 0
          ? random.nextInt(20_000_000)
          : Duration.ofMillis(random.nextInt(30_000)).toNanos();
    }
  }

  private void run(Duration duration) {
    long end = time + duration.toNanos();
    while (!agenda.isEmpty() && agenda.peek().at() <= end) {
      Happening next = agenda.remove();
      time = next.at();
      next.what().run();
      List<Node> leading = nodes.stream().filter(Node::leads).toList();
      assertThat(leading).as("who leads at %d ms", time / 1_000_000).hasSizeLessThan(2);
      for (Node node : nodes) {
        elections += node.leads() && !node.led ? 1 : 0;
        node.led = node.leads();
      }
    }
    time = end;
  }

  private void disturb(Random random) {
    if (!isCalm) {
      switch (random.nextInt(5)) {
        case 0 -> lease.delete();
        case 1 -> lease.stored.ifPresent(known -> lease.put(known.record()));
        case 2 ->
            nodes.stream()
                .filter(Node::leads)
                .forEach(
                    node ->
                        node.cutOffUntil =
                            time + Duration.ofMillis(random.nextInt(60_000)).toNanos());
        default -> {
          Node node = nodes.get(random.nextInt(nodes.size()));
          node.fsm.stand(random.nextBoolean(), node.clock());
          if (random.nextBoolean()) {
            node.fsm.release(node.clock());
          }
          node.wake();
        }
      }
      at(time + Duration.ofMillis(random.nextInt(60_000)).toNanos(), () -> disturb(random));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void neverDoTwoLeadAndInTheEndOneDoes(long seed) {
    Random random = new Random(seed);
    isRough = seed % 2 == 0; // else only people and failing nodes disturb, so elections are quick
    for (int i = 0; i < 4; i++) {
      Node node = new Node("node-" + i, new Random(random.nextLong()));
      nodes.add(node);
      at(0, () -> node.fsm.stand(true, node.clock()));
      at(random.nextInt(1_000_000_000), node::wake);
    }
    at(Duration.ofSeconds(60).toNanos(), () -> disturb(random));
    run(Duration.ofHours(2));
    assertThat(elections).isGreaterThan(20);

    isRough = false;
    isCalm = true;
    nodes.forEach(node -> node.fsm.stand(true, node.clock()));
    run(Duration.ofMinutes(2));
    lease.calls.clear();
    run(Duration.ofMinutes(10));

    assertThat(nodes.stream().filter(Node::leads)).hasSize(1);
    assertThat(nodes)
        .allMatch(node -> node.leads() || node.fsm.leadership().state() == State.WAITING);
    // Four candidates, each of which asks once in a retry period.
    assertThat(lease.calls.size()).isBetween(1000, 1300);
  }
}
