package dev.bugle.bgp.recording;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came of letting a recorded session happen again.
 *
 * @param events how many events were replayed
 * @param difference the first event that another machine answered otherwise; it ends the replay
 * @param cut why the replay ends before the recording was closed, for people; empty when it does
 *     not
 * @param ignoredKeys of the configuration: another version wrote them, and this one does not know
 *     them
 */
public record Replay(
    long events, Optional<Difference> difference, Optional<String> cut, Set<String> ignoredKeys) {

  /** Copies the set. */
  public Replay {
    ignoredKeys = Set.copyOf(ignoredKeys);
  }

  /**
   * An event that was answered otherwise.
   *
   * @param line of the event in the file, from 1
   * @param event as it is recorded
   * @param recorded the actions in the file
   * @param replayed the actions of the machine that replays
   */
  public record Difference(int line, String event, List<String> recorded, List<String> replayed) {

    /** Copies the lists. */
    public Difference {
      recorded = List.copyOf(recorded);
      replayed = List.copyOf(replayed);
    }
  }

  /** Whether every event that was replayed was answered as it is recorded. */
  public boolean agrees() {
    return difference.isEmpty();
  }
}
