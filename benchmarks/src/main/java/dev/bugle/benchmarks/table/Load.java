package dev.bugle.benchmarks.table;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** The senders and receivers of one run, from their sessions on. */
final class Load implements AutoCloseable {

  private final FullTable table;
  private final List<Session> sessions = new ArrayList<>();
  private final List<UpdateCounter> counters = new ArrayList<>();
  private final List<Feed> feeds = new ArrayList<>();
  private final List<Reception> receptions = new ArrayList<>();

  private Load(FullTable table) {
    this.table = table;
  }

  /**
   * Opens the sessions with a router, and waits until they stand.
   *
   * @throws IOException saying which could not be opened, and why
   */
  static Load on(
      InetSocketAddress router, Scenario scenario, FullTable table, Session.Patience patience)
      throws IOException, InterruptedException {
    Load load = new Load(table);
    try {
      List<Session> receivers = new ArrayList<>();
      for (Neighbor receiver : scenario.receivers()) {
        receivers.add(load.kept(Session.open(receiver, router, load.counter(), patience)));
      }
      List<Session> senders = new ArrayList<>();
      for (Neighbor sender : scenario.senders()) {
        Session session =
            load.kept(Session.open(sender, router, Session.Updates.IGNORED, patience));
        senders.add(session);
        load.feeds.add(Feed.of(session, table.updates(sender)));
      }
      load.receptions.add(Reception.start(receivers, senders));
      return load;
    } catch (IOException | InterruptedException | RuntimeException e) {
      load.close();
      throw e;
    }
  }

  /**
   * Without a router: every receiver, at least one, is fed the table of the first sender, straight.
   * So long the measuring takes by itself.
   */
  static Load direct(Scenario scenario, FullTable table) throws IOException {
    Load load = new Load(table);
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Neighbor sender = scenario.senders().get(0);
      List<Session> receivers = new ArrayList<>();
      for (int i = 0; i < Math.max(1, scenario.receivers().size()); i++) {
        SocketChannel receiving = SocketChannel.open(listening.getLocalAddress());
        receivers.add(load.kept(Session.opened(receiving, load.counter())));
        Session sending = load.kept(Session.opened(listening.accept(), Session.Updates.IGNORED));
        load.feeds.add(Feed.of(sending, table.updates(sender)));
      }
      load.receptions.add(Reception.start(receivers, List.of()));
      return load;
    } catch (IOException | RuntimeException e) {
      load.close();
      throw e;
    }
  }

  private Session kept(Session session) {
    sessions.add(session);
    return session;
  }

  private UpdateCounter counter() {
    UpdateCounter counter = new UpdateCounter(table.prefixes());
    counters.add(counter);
    return counter;
  }

  /** Begins to feed. */
  void start() {
    feeds.forEach(Feed::start);
  }

  /**
   * Whether the kernel has been handed everything.
   *
   * @throws IOException when a session has ended
   */
  boolean written() throws IOException {
    requireAlive();
    for (Feed feed : feeds) {
      if (!feed.written()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether every receiver has everything.
   *
   * @throws IOException when a session has ended
   */
  boolean complete() throws IOException {
    requireAlive();
    return counters.stream().allMatch(UpdateCounter::complete);
  }

  private void requireAlive() throws IOException {
    for (Reception reception : receptions) {
      reception.requireAlive();
    }
  }

  /** When a receiver last read a prefix, a reading of {@link System#nanoTime}. */
  long changed() {
    return counters.stream()
        .map(UpdateCounter::changed)
        .reduce((one, other) -> one - other > 0 ? one : other)
        .orElse(System.nanoTime());
  }

  /** How far it is, for people. */
  String progress() {
    return "receivers have %s of %d prefixes"
        .formatted(
            counters.stream().mapToInt(UpdateCounter::count).boxed().distinct().toList(),
            table.prefixes().size());
  }

  /** How many announcements the receivers have read. */
  long announcements() {
    return counters.stream().mapToLong(UpdateCounter::announcements).sum();
  }

  /** Ends all sessions. */
  @Override
  public void close() throws IOException {
    for (Feed feed : feeds) {
      feed.close();
    }
    for (Reception reception : receptions) {
      reception.close();
    }
    for (Session session : sessions) {
      session.close();
    }
  }
}
