package dev.bugle.bgp.session;

/** The states of RFC 4271 §8.2.2, in their order of progress. */
public enum SessionState {
  /** Stopped, or waiting for the path: nothing is tried and every connection is refused. */
  IDLE,
  /** A TCP connection is being opened. */
  CONNECT,
  /** Waiting: for the peer to connect, or for the next attempt. */
  ACTIVE,
  /** OPEN is sent, the peer's is awaited. */
  OPEN_SENT,
  /** Both OPENs are exchanged, the first KEEPALIVE is awaited. */
  OPEN_CONFIRM,
  /** Routes are exchanged. */
  ESTABLISHED
}
