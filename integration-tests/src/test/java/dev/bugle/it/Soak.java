package dev.bugle.it;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.it.SoakedRouter.Trouble;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A speaker and real routers to which everything happens at random that happens in a network in
 * years. Now and then all is mended, and then each router's table must be exactly what Bugle was
 * asked to announce.
 *
 * <p>The seed decides what happens and in what order; how much of it a session notices depends on
 * the machine.
 */
final class Soak implements AutoCloseable {

  /** All is mended after about so many steps. */
  private static final int STEPS_OF_A_ROUND = 60;

  private static final int STEPS_REMEMBERED = 80;

  private static final List<Trouble> TROUBLES =
      List.copyOf(EnumSet.complementOf(EnumSet.of(Trouble.NONE)));

  private final long seed;
  private final Random random;
  private final int lossPercent;
  private final Duration patience;
  private final List<SoakedRouter> routers = new ArrayList<>();
  private final BgpSpeaker speaker;
  private final DesiredRoutes desired;
  private final Deque<String> lastSteps = new ArrayDeque<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  private Soak(long seed, int lossPercent, List<Machine> machines, List<RouterKind> kinds) {
    this.seed = seed;
    this.lossPercent = lossPercent;
    // On a lossy wire a lost SYN costs seconds, and a session may end in the midst of it.
    this.patience = Duration.ofSeconds(lossPercent == 0 ? 60 : 120);
    this.random = new Random(seed);
    SpeakerConfig.Builder config = SpeakerConfig.builder(Bugle.AS, machines.get(0).wire().hostV4());
    for (int i = 0; i < machines.size(); i++) {
      routers.add(new SoakedRouter(kinds.get(i), machines.get(i)));
      config.listen(machines.get(i).wire().hostV4(), 0);
    }
    this.speaker = BgpSpeaker.open(config.build());
    this.desired = new DesiredRoutes(speaker, random);
  }

  /** A speaker and one router of each kind, which nothing runs on before {@link #run}. */
  static Soak of(long seed, int lossPercent, Lab lab, List<RouterKind> kinds) {
    List<Machine> machines = kinds.stream().map(kind -> lab.newMachine()).toList();
    return new Soak(seed, lossPercent, machines, kinds);
  }

  private void begin() {
    for (int i = 0; i < routers.size(); i++) {
      if (lossPercent > 0) {
        routers.get(i).losePackets(lossPercent);
      }
      int port = speaker.listenAddresses().get(i).getPort();
      routers.get(i).begin(speaker, port, random.nextBoolean());
    }
  }

  /** Rounds of steps, until the time is over and the last round has ended well. */
  void run(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    begin();
    settle();
    do {
      for (int left = 1 + random.nextInt(2 * STEPS_OF_A_ROUND); left > 0; left--) {
        step();
      }
      settle();
    } while (System.nanoTime() - end < 0);
  }

  private void step() {
    int dice = random.nextInt(100);
    SoakedRouter router = routers.get(random.nextInt(routers.size()));
    if (dice < 30) {
      did("announce", "", desired::announce);
    } else if (dice < 50) {
      did("withdraw", "", desired::withdraw);
    } else if (dice < 65) {
      did("replace", "", desired::replace);
    } else if (dice < 68) {
      did("burst", "", this::burst);
    } else if (dice < 73) {
      did("reset by us", router, router::resetByUs);
    } else if (dice < 78) {
      did("reset by the router", router, () -> ifItAnswers(router, router::resetByRouter));
    } else if (dice < 83) {
      did("route refresh", router, () -> ifItAnswers(router, router::askAgain));
    } else if (dice < 87) {
      did("wait for the session", router, () -> awaitSession(router));
    } else if (router.trouble() == Trouble.NONE) {
      Trouble next = TROUBLES.get(random.nextInt(TROUBLES.size()));
      did(next.toString(), router, () -> router.suffer(next));
    } else {
      did("mend", router.trouble() + " of " + router, () -> mend(router));
    }
  }

  private void burst() {
    for (int i = 0; i < 100; i++) {
      desired.replace();
    }
  }

  /** Its operator cannot ask a router anything that is not there. */
  private static void ifItAnswers(SoakedRouter router, Runnable command) {
    switch (router.trouble()) {
      case KILLED, STOPPED, FROZEN -> {}
      case NONE, LINK_DOWN, PACKETS_VANISH, REMOVED_BY_US -> command.run();
    }
  }

  private void awaitSession(SoakedRouter router) {
    if (router.trouble() == Trouble.NONE) {
      Eventually.see(
          router + " and Bugle both say Established",
          patience,
          router::isEstablished,
          established -> established);
    }
  }

  private void mend(SoakedRouter router) {
    if (random.nextInt(3) == 0) {
      router.awaitNoticed();
    }
    router.mend(random.nextBoolean());
  }

  private void did(String what, Object to, Runnable step) {
    counts.merge(what, 1, Integer::sum);
    lastSteps.add((what + " " + to).strip());
    if (lastSteps.size() > STEPS_REMEMBERED) {
      lastSteps.remove();
    }
    try {
      step.run();
    } catch (RuntimeException | AssertionError failure) {
      throw failed(what + " of " + to, failure);
    }
  }

  /** Ends all trouble, and holds the tables to what is desired. */
  private void settle() {
    for (SoakedRouter router : routers) {
      if (router.trouble() != Trouble.NONE) {
        did("mend", router.trouble() + " of " + router, () -> mend(router));
      }
    }
    did("compare", "", this::compare);
  }

  private void compare() {
    Eventually.see(
        "the routers have exactly the " + desired.size() + " desired routes",
        patience,
        () ->
            routers.stream()
                .map(router -> router.difference(desired.expectedAt(router.wire())))
                .filter(difference -> !difference.isEmpty())
                .collect(Collectors.joining("\n")),
        String::isEmpty);
  }

  private AssertionError failed(String where, Throwable failure) {
    return new AssertionError(
        "seed %d: %s: %s\nlast steps: %s"
            .formatted(seed, where, failure.getMessage(), String.join(", ", lastSteps)),
        failure);
  }

  /** How often each kind of step was done. */
  Map<String, Integer> counts() {
    return counts;
  }

  /** By router, how often its session came up. */
  Map<String, Integer> timesEstablished() {
    return routers.stream()
        .collect(Collectors.toMap(SoakedRouter::toString, SoakedRouter::timesEstablished));
  }

  /** By router, its daemon's own log. */
  Map<String, String> logs() {
    return routers.stream().collect(Collectors.toMap(SoakedRouter::toString, SoakedRouter::log));
  }

  @Override
  public void close() {
    speaker.close();
    routers.forEach(SoakedRouter::close);
  }
}
