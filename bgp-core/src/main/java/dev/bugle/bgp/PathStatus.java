package dev.bugle.bgp;

import dev.bugle.bgp.session.PathState;

/**
 * What is known of the path to a peer, as {@link Peer#pathState} told.
 *
 * @param state the path's
 * @param cause for people; empty while nobody has told anything
 */
public record PathStatus(PathState state, String cause) {

  /** Nobody has told anything. */
  public static final PathStatus UNKNOWN = new PathStatus(PathState.UNKNOWN, "");
}
