package dev.bugle.it;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One router daemon in a machine, with Bugle as its only neighbour.
 *
 * <p>What it says of sessions and routes is read from the daemon through its own command line tool.
 */
interface RealRouter extends AutoCloseable {

  void start(RouterConfig config);

  /**
   * Has the daemon's own tools check a configuration, without starting it.
   *
   * @param change made to the text before it is checked
   */
  Output check(RouterConfig config, UnaryOperator<String> change);

  SessionSeen session();

  /** What both sides offered on the session, which is established. */
  CapabilitiesSeen capabilities();

  /** The routes received from Bugle, of both families, as the router holds them now. */
  List<RouteSeen> received();

  /** The NOTIFICATION messages received from Bugle since the start, oldest first. */
  List<NotificationSeen> notificationsReceived();

  /** Whether those include what ended a session that was not yet established. */
  boolean tellsWhyItWasRefused();

  /** Announces a route of its own to Bugle, on top of those it announces already. */
  void originate(OwnRoute route);

  /** No longer announces a route that it originates. */
  void withdraw(OwnRoute route);

  /** Ends the session from the router's side, as its operator would, and lets it come back. */
  void resetSession();

  /** Ends the session from the router's side for good, with a text for Bugle's operator. */
  void shutDown(String text);

  /**
   * Gives it another TCP MD5 key while it runs, in place of the one that it was started with. It
   * may end the session for that.
   */
  void rekey(String password);

  /** Asks for the routes again, as the router's operator would. */
  void askAgain();

  /** What it has read of the markers of refreshes (RFC 7313), in order: begin, end. */
  List<String> refreshMarkers();

  /** SIGSTOP: the daemon says nothing more, while its kernel keeps the connection open. */
  void freeze();

  void thaw();

  /** SIGKILL. */
  void kill();

  /**
   * Starts it again after {@link #kill}, as one that restarts gracefully. It originates nothing.
   *
   * @param config with {@link NeighborOption.Restarting}
   */
  void restart(RouterConfig config);

  /** An orderly end of the daemon. */
  void stop();

  boolean running();

  String log();

  @Override
  void close();
}
