package dev.bugle.bgp;

import dev.bugle.bgp.recording.EventLog;
import org.slf4j.event.Level;

/**
 * Who hears of a peer.
 *
 * @param listener first of its listeners
 * @param eventLog takes what goes into and comes out of its machine
 * @param attempts the level at which what it attempts without a session is logged
 */
record Audience(PeerListener listener, EventLog eventLog, Level attempts) {

  /** Of a peer that somebody has configured. */
  static Audience of(PeerListener listener, EventLog eventLog) {
    return new Audience(listener, eventLog, Level.INFO);
  }

  /** Of one that connected from a range; anybody there can, so what it attempts fills no log. */
  static Audience ofStranger(PeerListener listener) {
    return new Audience(listener, EventLog.NONE, Level.DEBUG);
  }
}
