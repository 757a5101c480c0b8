package dev.bugle.bfd;

/**
 * What happens to a session. Called on the thread that serves all sessions of the speaker: return
 * within microseconds and never block. What it throws is logged and otherwise ignored.
 */
@FunctionalInterface
public interface BfdListener {

  /** Listens to nothing. */
  BfdListener NONE = (session, change) -> {};

  /** The session is in another state. {@link BfdSession#status} tells of the new one already. */
  void stateChanged(BfdSession session, BfdStateChange change);
}
