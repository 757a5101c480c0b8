package dev.bugle.bgp;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.PathState;
import dev.bugle.bgp.session.SessionOptions;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A peer of a speaker. May be used from any thread. */
public final class Peer implements AutoCloseable {

  private final PeerDirectory directory;
  private final PeerSession session;
  private Optional<Meters> meters = Optional.empty(); // guarded by the directory
  private volatile PeerConfig config; // written under this

  Peer(PeerDirectory directory, PeerConfig config, Audience audience) {
    this.directory = directory;
    this.config = config;
    this.session =
        new PeerSession(
            directory.environment(),
            config,
            new Notifier(this, audience.listener(), audience.eventLog()),
            audience.attempts());
  }

  PeerSession session() {
    return session;
  }

  /** The speaker has it; called under the directory's lock. */
  void added() {
    meters =
        directory
            .environment()
            .config()
            .meterRegistry()
            .map(registry -> new Meters(registry, config(), session.board()));
  }

  /** The speaker has it no more; called under the directory's lock. */
  void removed() {
    meters.ifPresent(Meters::remove);
    meters = Optional.empty();
  }

  /**
   * What it is configured with by now: what it was added with, and what was changed since; {@link
   * #authentication} does not show in it.
   */
  public PeerConfig config() {
    return config;
  }

  /** How it is now. Never blocks. */
  public PeerStatus status() {
    return session.status();
  }

  /**
   * What the peer knows from us at some moment from now on (its Adj-RIB-Out), in no order; nothing
   * while the session does not stand. To copy it takes time of the session's event loop, some
   * microseconds for each hundred, which is what the limit is for.
   *
   * @param limit how many routes at most; {@link PeerStatus#prefixesSent} says how many there are
   * @return completes on an event loop
   * @throws IllegalArgumentException when the limit is negative
   */
  public CompletionStage<List<AdvertisedRoute>> advertised(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit of " + limit + " routes is negative");
    }
    return session.advertised(limit).minimalCompletionStage();
  }

  /**
   * What the peer has announced (its Adj-RIB-In), before any policy and after ours, each with why
   * it was not accepted, or is not the best; in no order. What is kept of a session that was lost
   * is among it. Of what changes while it is looked at, the state before or after; what is
   * withdrawn and announced again meanwhile may be missing.
   *
   * @param limit how many routes at most
   * @return completes on the thread of the table, which must not be made to wait; after the end of
   *     the speaker with nothing, or never
   * @throws IllegalArgumentException when the limit is negative
   * @throws IllegalStateException when the speaker has no routing table
   */
  public CompletionStage<List<LearnedRoute>> received(AddressFamily family, int limit) {
    return session.learned(PeerInquiry.Question.received(family, limit)).minimalCompletionStage();
  }

  /**
   * The same without what was not accepted: what takes part in the decision, as {@link
   * dev.bugle.bgp.rib.table.LearnedPath#attributes} has it.
   *
   * @param limit how many routes at most
   * @return completes on the thread of the table, which must not be made to wait; after the end of
   *     the speaker with nothing, or never
   * @throws IllegalArgumentException when the limit is negative
   * @throws IllegalStateException when the speaker has no routing table
   */
  public CompletionStage<List<LearnedRoute>> accepted(AddressFamily family, int limit) {
    return session.learned(PeerInquiry.Question.accepted(family, limit)).minimalCompletionStage();
  }

  /**
   * Hears the peer from now on: the listener is told the status of this moment ({@link
   * PeerListener#subscribed}) and everything that follows, with nothing between lost or told twice.
   * After the end of the speaker it is told nothing.
   *
   * @return ends it when it is closed; what is being told at that moment may still arrive
   */
  public PeerSubscription subscribe(PeerListener listener) {
    session.subscribe(listener);
    return () -> session.unsubscribe(listener);
  }

  /**
   * Ends the session with Cease/Administrative Reset and lets it come back (RFC 4486, RFC 9003).
   * After the end of the peer or the speaker it does nothing.
   *
   * @param text told to the peer's operators; may be empty; cut to 255 octets of UTF-8
   */
  public void reset(String text) {
    session.reset(BgpError.administrativeReset(text));
  }

  /**
   * Changes which routes the peer is told, and how. Every route is judged anew; the peer is told
   * only what differs from what it knows, and what is rejected now is withdrawn. The session stays,
   * and other peers hear nothing.
   *
   * @return completes when the socket of the session, if there is one, has all that differs; on an
   *     event loop
   */
  public synchronized CompletionStage<Void> exportPolicy(RoutePolicy policy) {
    return reconfigure(config.toBuilder().exportPolicy(policy).build());
  }

  /**
   * Configures the peer otherwise. The session stands while only the description, the export part
   * and the time of connect retry change, and the peer is told only what differs. Anything else was
   * negotiated with it or belongs to the transport: the session ends with Cease/Other Configuration
   * Change (RFC 4486) and begins anew. Other peers hear nothing of either.
   *
   * @param changed what holds from now on, all of it; begin with {@link #config}
   * @return completes when the socket has what the peer is told otherwise; when a session has to
   *     begin anew, once it may; on an event loop
   * @throws IllegalArgumentException when the address is another one, or the parts do not agree;
   *     then nothing has changed
   * @throws IllegalStateException when what is to protect connections cannot be had, naming it;
   *     then nothing has changed
   */
  public synchronized CompletionStage<Void> reconfigure(PeerConfig changed) {
    if (!changed.address().equals(config.address())) {
      throw new IllegalArgumentException(
          "peer "
              + config.address()
              + " cannot become "
              + changed.address()
              + "; close it, and add another");
    }
    CompletionStage<Void> flushed = session.reconfigure(changed);
    config = changed;
    return flushed;
  }

  /**
   * Tells what is known of the path to the peer; for whoever watches it, typically BFD (RFC 5882).
   * May be told as often as one likes, and whatever the session does: what counts is the change.
   * Never blocks; after the end of the peer or the speaker it does nothing.
   *
   * <p>From {@link PathState#UP} to {@link PathState#DOWN} the session, or what there is of it,
   * ends at once with Cease/BFD Down (RFC 9384), or from UP to {@link PathState#DOWN_OR_RESTARTING}
   * without a word to a peer with graceful restart (RFC 5882 §4.3), and is tried again as after any
   * other failure, even if the path stays down. No other change ends a session that is established.
   *
   * <p>With {@link SessionOptions#strictPath} the session begins at once when the path becomes UP
   * or ADMIN_DOWN. While it is UNKNOWN, as in the beginning, or DOWN, one that is not established
   * is IDLE: we do not connect, connections of the peer are refused with Cease/Connection Rejected,
   * and {@link PeerStatus#cause} says that it waits for the path.
   *
   * @param cause for people, beginning with who says it, like {@code BFD: control detection time
   *     expired}; a session that ends for it has it as the cause in status, listener and log
   */
  public void pathState(PathState state, String cause) {
    session.pathReported(state, cause);
  }

  /**
   * Changes the key of TCP MD5, or asks its source again, as after a file has changed. The
   * listening sockets have it when this returns, a connection that stands has it at once. A session
   * lives on if the peer changes its key, too, within the time for which TCP repeats itself:
   * seconds, or as long as the hold time allows. Waits for nothing but the source; after the end of
   * the peer or the speaker it does nothing.
   *
   * @throws IllegalArgumentException when the peer was added without TCP MD5, or this is another
   *     kind: close it, and add another
   * @throws IllegalStateException when the source has no key, or the system does not take it; then
   *     nothing has changed
   */
  public void authentication(TcpAuthentication value) {
    session.authentication(value);
  }

  /**
   * Removes the peer: its session ends with Cease/Peer De-configured. Does not wait; after the end
   * of the speaker it does nothing.
   */
  @Override
  public void close() {
    directory.remove(this, BgpError.PEER_DECONFIGURED);
  }

  @Override
  public String toString() {
    return session.toString();
  }
}
