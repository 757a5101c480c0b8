package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.NotificationMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Two machines that are each other's peer, and a network between them, in virtual time. Everything
 * follows from the seed: delays, lost attempts, broken and silenced connections, jitter.
 */
final class SimulatedPeers {

  /**
   * How the network treats them.
   *
   * @param delay that each packet takes one way
   * @param jitter of which each packet takes a random part on top, in order on a connection
   * @param startSpread within which the two start
   * @param lostAttempts how many of 100 attempts to connect get no answer, while it is stormy
   * @param brokenPerMinute how often in a minute a connection is broken, while it is stormy
   * @param storm how long it is stormy
   */
  record Network(
      Duration delay,
      Duration jitter,
      Duration startSpread,
      int lostAttempts,
      int brokenPerMinute,
      Duration storm) {

    static Network calm(Duration delay, Duration jitter, Duration startSpread) {
      return new Network(delay, jitter, startSpread, 0, 0, Duration.ZERO);
    }
  }

  /** A TCP connection as the two ends see it. */
  private static final class Link {
    final Node client;
    final Node server;

    /** Nothing arrives any more, and nobody is told. */
    boolean silenced;

    /** Per sender, when the last that was sent arrives: what follows does not overtake. */
    final Map<Node, Long> lastArrival = new HashMap<>();

    Link(Node client, Node server) {
      this.client = client;
      this.server = server;
    }

    Node other(Node node) {
      return node == client ? server : client;
    }

    Initiator initiator(Node node) {
      return node == client ? Initiator.LOCAL : Initiator.REMOTE;
    }
  }

  /** A machine and its driver. */
  private final class Node {
    final CheckedFsm fsm;
    final Map<Initiator, Link> links = new EnumMap<>(Initiator.class);
    final Map<Event.TimerExpired, Long> timers = new HashMap<>();

    Node(SessionConfig config) {
      fsm = new CheckedFsm(config);
    }

    void handle(Event event) {
      if (event instanceof Event.ConnectionFailed failed) {
        links.remove(failed.initiator());
      }
      fsm.handle(event).forEach(action -> execute(action));
    }

    private void execute(Action action) {
      if (action instanceof Action.OpenConnection) {
        Link link = new Link(this, peer(this));
        links.put(Initiator.LOCAL, link);
        connect(link);
      } else if (action instanceof Action.AcceptConnection) {
        links.put(Initiator.REMOTE, Objects.requireNonNull(offered));
      } else if (action instanceof Action.RejectConnection reject) {
        Link link = Objects.requireNonNull(offered);
        send(link, this, new NotificationMessage(reject.error()));
        close(link, this);
      } else if (action instanceof Action.CloseConnection close) {
        Link link = links.remove(close.initiator());
        if (link != null) {
          close(link, this);
        }
      } else if (action instanceof Action.Send send) {
        count(send.message());
        send(Objects.requireNonNull(links.get(send.initiator())), this, send.message());
      } else if (action instanceof Action.StartTimer start) {
        startTimer(start);
      } else if (action instanceof Action.StopTimer stop) {
        timers.remove(new Event.TimerExpired(stop.initiator(), stop.timer()));
      } else if (action instanceof Action.SessionUp) {
        sessionsUp++;
      }
    }

    private void startTimer(Action.StartTimer start) {
      long nanos = start.delay().toNanos();
      if (start.jittered()) {
        nanos = (long) (nanos * (0.75 + 0.25 * random.nextDouble()));
      }
      Event.TimerExpired expired = new Event.TimerExpired(start.initiator(), start.timer());
      long deadline = now + nanos;
      timers.put(expired, deadline);
      at(
          deadline,
          () -> {
            if (timers.remove(expired, deadline)) {
              handle(expired);
            }
          });
    }
  }

  private record Task(long time, long order, Runnable body) {}

  private final Random random;
  private final Network network;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::time).thenComparingLong(Task::order));
  private final List<Link> all = new ArrayList<>();
  private final Node a;
  private final Node b;
  private Link offered;
  private long now;
  private long order;
  private int collisions;
  private int sessionsUp;

  SimulatedPeers(long seed, Network network, SessionConfig configA, SessionConfig configB) {
    this.random = new Random(seed);
    this.network = network;
    this.a = new Node(configA);
    this.b = new Node(configB);
    at(part(network.startSpread()), () -> a.handle(new Event.Start()));
    at(part(network.startSpread()), () -> b.handle(new Event.Start()));
    scheduleBreak();
  }

  /** Connections that a side ended with Cease/Connection Collision Resolution. */
  int collisions() {
    return collisions;
  }

  /** How often a side had its session up. */
  int sessionsUp() {
    return sessionsUp;
  }

  Duration time() {
    return Duration.ofNanos(now);
  }

  /** Whether both are established, over the same connection, and there is no other. */
  boolean isConverged() {
    return a.fsm.isUp()
        && b.fsm.isUp()
        && a.links.size() == 1
        && b.links.size() == 1
        && a.links.values().iterator().next() == b.links.values().iterator().next();
  }

  /** Runs until converged; false when the deadline comes first. */
  boolean runUntilConverged(Duration deadline) {
    while (!isConverged()) {
      if (!step(deadline)) {
        return false;
      }
    }
    return true;
  }

  void runUntil(Duration deadline) {
    while (step(deadline)) {}
    now = Math.max(now, deadline.toNanos());
  }

  private boolean step(Duration deadline) {
    Task task = tasks.peek();
    if (task == null || task.time() > deadline.toNanos()) {
      return false;
    }
    tasks.remove();
    now = task.time();
    task.body().run();
    return true;
  }

  @Override
  public String toString() {
    return "at "
        + time()
        + ": A "
        + a.fsm.state()
        + " "
        + a.links.keySet()
        + ", B "
        + b.fsm.state()
        + " "
        + b.links.keySet();
  }

  private void count(Message message) {
    if (message.equals(new NotificationMessage(BgpError.CONNECTION_COLLISION_RESOLUTION))) {
      collisions++;
    }
  }

  private void at(long time, Runnable body) {
    tasks.add(new Task(time, order++, body));
  }

  private long part(Duration whole) {
    return (long) (whole.toNanos() * random.nextDouble());
  }

  private boolean isStormy() {
    return now < network.storm().toNanos();
  }

  private Node peer(Node node) {
    return node == a ? b : a;
  }

  private void connect(Link link) {
    if (isStormy() && random.nextInt(100) < network.lostAttempts()) {
      return; // the attempt times out
    }
    all.add(link);
    arrive(
        link,
        link.client,
        () -> {
          offered = link;
          // The client learns of it before anything that the server says on the connection.
          arrive(link, link.server, () -> opened(link));
          link.server.handle(new Event.ConnectionOpened(Initiator.REMOTE));
        });
  }

  private void opened(Link link) {
    if (link.client.links.get(Initiator.LOCAL) == link) {
      link.client.handle(new Event.ConnectionOpened(Initiator.LOCAL));
    }
  }

  private void send(Link link, Node from, Message message) {
    Node to = link.other(from);
    Initiator initiator = link.initiator(to);
    arrive(
        link,
        from,
        () -> {
          if (to.links.get(initiator) == link) {
            to.handle(new Event.MessageReceived(initiator, message));
          }
        });
  }

  private void close(Link link, Node from) {
    Node to = link.other(from);
    arrive(link, from, () -> fail(link, to, "closed"));
  }

  private static void fail(Link link, Node node, String cause) {
    Initiator initiator = link.initiator(node);
    if (node.links.get(initiator) == link) {
      node.handle(new Event.ConnectionFailed(initiator, cause));
    }
  }

  /** After a delay, but not before what was sent earlier on the same way. */
  private void arrive(Link link, Node from, Runnable body) {
    long time = now + network.delay().toNanos() + part(network.jitter());
    time = Math.max(time, link.lastArrival.getOrDefault(from, 0L));
    link.lastArrival.put(from, time);
    at(
        time,
        () -> {
          if (!link.silenced) {
            body.run();
          }
        });
  }

  private void scheduleBreak() {
    if (network.brokenPerMinute() == 0) {
      return;
    }
    at(
        now + part(Duration.ofMinutes(2).dividedBy(network.brokenPerMinute())),
        () -> {
          if (isStormy()) {
            breakOne();
            scheduleBreak();
          }
        });
  }

  private void breakOne() {
    if (all.isEmpty()) {
      return;
    }
    Link link = all.get(all.size() - 1 - random.nextInt(Math.min(2, all.size())));
    link.silenced = true;
    switch (random.nextInt(3)) {
      case 0 -> {} // only the hold timer finds out
      case 1 -> fail(link, random.nextBoolean() ? a : b, "reset");
      default -> {
        fail(link, a, "reset");
        fail(link, b, "reset");
      }
    }
  }
}
