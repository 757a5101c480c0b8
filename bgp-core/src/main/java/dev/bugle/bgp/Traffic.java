package dev.bugle.bgp;

import dev.bugle.bgp.wire.AddressFamily;
import java.util.Map;

/**
 * What went over a peer's connections since the peer was added, whatever became of the sessions.
 * The numbers are read one after the other while the session goes on.
 *
 * @param sent messages that were handed to a socket
 * @param received messages that were whole and could be read
 * @param families every family that we offer
 * @param backlog what waits now
 * @param synchronised whether the established session has been told all that there was to tell when
 *     it came, and with End-of-RIB that this was all; false unless established
 */
public record Traffic(
    MessageCounts sent,
    MessageCounts received,
    Map<AddressFamily, FamilyCounts> families,
    Backlog backlog,
    boolean synchronised) {

  /** Nothing yet. */
  public static final Traffic NONE =
      new Traffic(MessageCounts.ZERO, MessageCounts.ZERO, Map.of(), Backlog.EMPTY, false);

  /** Copies the map. */
  public Traffic {
    families = Map.copyOf(families);
  }

  /** How many destinations the peer knows from us now. */
  public long advertised() {
    return families.values().stream().mapToLong(FamilyCounts::advertised).sum();
  }
}
