package dev.bugle.advertiser;

import dev.bugle.advertiser.leadership.Leadership;
import java.util.List;
import java.util.Map;

/** Who wants to know what was decided. Never blocks. */
interface DecisionListener {

  /** Tells all of them, in their order. */
  static DecisionListener all(DecisionListener... listeners) {
    List<DecisionListener> all = List.of(listeners);
    return new DecisionListener() {
      @Override
      public void decided(Map<String, Leadership> leadership, List<VipDecision> decisions) {
        all.forEach(listener -> listener.decided(leadership, decisions));
      }

      @Override
      public void handed(VipDecision decision, long nanos) {
        all.forEach(listener -> listener.handed(decision, nanos));
      }
    };
  }

  /** After each pass, on its thread: what the electors know, and what follows. */
  void decided(Map<String, Leadership> leadership, List<VipDecision> decisions);

  /**
   * A change of posture has been handed to the socket of every peer that is up; on any thread. Not
   * told where its cause left no trace: the end of a drain.
   *
   * @param decision the one that changed it
   * @param nanos from the moment at which its cause came up
   */
  void handed(VipDecision decision, long nanos);
}
