package dev.bugle.bgp;

/**
 * What a peer is still to be told, because it reads more slowly than we write.
 *
 * @param destinations to be announced, changed or withdrawn, of which no UPDATE is written yet
 * @param octets about, of messages that are written and that the system has not taken yet
 */
public record Backlog(long destinations, long octets) {

  /** Nothing waits. */
  public static final Backlog EMPTY = new Backlog(0, 0);
}
