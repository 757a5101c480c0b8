package dev.bugle.bgp;

import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** Everything a listener hears, as a queue of lines that tests wait on. */
final class PeerLog implements PeerListener {

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Override
  public void stateChanged(Peer peer, SessionState from, SessionState to, String cause) {
    lines.add("state " + to + ": " + cause);
  }

  @Override
  public void subscribed(Peer peer, PeerStatus status) {
    lines.add("subscribed in " + status.state() + ": " + status.cause());
  }

  @Override
  public void causeChanged(Peer peer, SessionState state, String cause) {
    lines.add("cause in " + state + ": " + cause);
  }

  @Override
  public void updateReceived(Peer peer, UpdateMessage update) {
    lines.add(update.toString());
  }

  @Override
  public void routeRefreshReceived(Peer peer, RouteRefreshMessage mark) {
    lines.add("marks " + mark);
  }

  @Override
  public void notificationSent(Peer peer, NotificationMessage notification) {
    lines.add("sent " + notification);
  }

  @Override
  public void notificationReceived(Peer peer, NotificationMessage notification) {
    lines.add("received " + notification);
  }

  /** A line of the test's own, to see what came before it. */
  void add(String line) {
    lines.add(line);
  }

  /** The next line, whatever it is. */
  String next() throws InterruptedException {
    return Deadline.await(lines, "line", line -> true);
  }

  String await(String beginning) throws InterruptedException {
    return Deadline.await(lines, "'" + beginning + "'", line -> line.startsWith(beginning));
  }

  String await(String what, Predicate<String> fits) throws InterruptedException {
    return Deadline.await(lines, what, fits);
  }

  /** For what comes only after an attempt to connect has taken all its time. */
  String awaitLong(String beginning) throws InterruptedException {
    return Deadline.await(
        lines,
        "'" + beginning + "'",
        line -> line.startsWith(beginning),
        Deadline.LIMIT.multipliedBy(3));
  }

  /** Everything that comes until a line begins so, in order; that line is the last one. */
  List<String> until(String beginning) throws InterruptedException {
    List<String> all = new ArrayList<>();
    Deadline.await(
        lines,
        "'" + beginning + "'",
        line -> {
          all.add(line);
          return line.startsWith(beginning);
        });
    return all;
  }

  void established() throws InterruptedException {
    await("state ESTABLISHED");
  }
}
