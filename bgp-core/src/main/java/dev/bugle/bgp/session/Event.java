package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.message.Message;
import java.time.Duration;
import java.util.Optional;

/** What can happen to a session (RFC 4271 §8.1; event numbers below are from there). */
public sealed interface Event {

  /** The session shall run (1, ManualStart; 4 with a passive peer). */
  record Start() implements Event {}

  /**
   * The session shall not run (2, ManualStop).
   *
   * @param error told to the peer
   */
  record Stop(BgpError error) implements Event {}

  /**
   * The session shall end and come back (2 and 3, ManualStop and AutomaticStart).
   *
   * @param error told to the peer
   */
  record Reset(BgpError error) implements Event {}

  /**
   * Attempts to connect are made otherwise from now on.
   *
   * @param longest pause between two of them
   */
  record ConnectRetryChanged(Duration longest) implements Event {}

  /**
   * The session shall not run, because we restart: a peer that agreed to graceful restart keeps our
   * routes and is told nothing (RFC 4724 §4.2; no event of RFC 4271).
   *
   * @param otherwise told to a peer that did not agree
   */
  record LeaveForRestart(BgpError otherwise) implements Event {}

  /**
   * The session ends by itself, as for a prefix limit (8, AutomaticStop), and does not begin again
   * before the pause is over (13, IdleHoldTimer_Expires), or {@link Reset} or {@link Start} comes.
   *
   * @param error told to the peer
   * @param pause empty: only then
   */
  record AutomaticStop(BgpError error, Optional<Duration> pause) implements Event {}

  /**
   * What is known of the path to the peer, as often as its watcher likes to tell (RFC 5882 §4.2; no
   * event of RFC 4271).
   *
   * @param cause for people
   */
  record PathReported(PathState state, String cause) implements Event {}

  /** A TCP connection stands (16, Tcp_CR_Acked; 17, TcpConnectionConfirmed). */
  record ConnectionOpened(Initiator initiator) implements Event {}

  /**
   * A TCP connection could not be opened, or ended (18, TcpConnectionFails).
   *
   * @param cause for people
   */
  record ConnectionFailed(Initiator initiator, String cause) implements Event {}

  /** The socket took what we sent on this connection, all of it or more of it (RFC 9687 §3). */
  record Sent(Initiator initiator) implements Event {}

  /** A timer ran out (9, 10, 11; 29 of RFC 9687). */
  record TimerExpired(Initiator initiator, Timer timer) implements Event {}

  /** A whole message arrived (19, 25, 26, 27). */
  record MessageReceived(Initiator initiator, Message message) implements Event {}

  /**
   * What arrived is no valid message (21, 22, 28).
   *
   * @param error that answers it
   * @param found for people
   */
  record MessageFaulty(Initiator initiator, BgpError error, String found) implements Event {}
}
