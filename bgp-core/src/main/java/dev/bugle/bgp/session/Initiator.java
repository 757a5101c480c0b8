package dev.bugle.bgp.session;

/** Which side opened a TCP connection; there is at most one of each at a time. */
public enum Initiator {
  /** We connected to the peer. */
  LOCAL,
  /** The peer connected to us. */
  REMOTE
}
