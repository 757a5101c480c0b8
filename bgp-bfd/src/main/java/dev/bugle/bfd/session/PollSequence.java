package dev.bugle.bfd.session;

/**
 * What we tell of our timing and what we keep to (RFC 5880 §6.5, §6.6, §6.8.3).
 *
 * <p>While UP a change is told by a poll. Until the Final bit comes, the other side may know either
 * timing, and we keep to the more careful of the two: the shorter transmit interval, the longer
 * receive interval, silence if either asks for it. Only one poll runs at a time. The next begins
 * when no answer to the last one can be mistaken for its own (end of §6.8.3): after a packet
 * without the Final bit, or, where Demand mode lets none come, after a Detection Time.
 */
final class PollSequence {

  private Timing told;
  private Timing acknowledged;
  private boolean running;
  private boolean wanted;
  private boolean settling;

  PollSequence(Timing first) {
    told = first;
    acknowledged = first;
  }

  boolean isRunning() {
    return running;
  }

  /** What the packets say. */
  Timing told() {
    return told;
  }

  /** What the transmit interval is reckoned from. */
  long desiredMinTxMicros() {
    return Math.min(told.desiredMinTxMicros(), acknowledged.desiredMinTxMicros());
  }

  /** What the Detection Time is reckoned from. */
  long requiredMinRxMicros() {
    return Math.max(told.requiredMinRxMicros(), acknowledged.requiredMinRxMicros());
  }

  /** Whether the other side may believe that we want silence. */
  boolean demand() {
    return told.demand() || acknowledged.demand();
  }

  /** A timing that holds at once, and no poll: nothing is UP that could be hurt. */
  void takeEffect(Timing timing) {
    told = timing;
    acknowledged = timing;
    running = false;
    wanted = false;
    settling = false;
  }

  /** A poll shall run, whatever it tells. */
  void want() {
    wanted = true;
  }

  /** Begins a poll if one is wanted or has something to tell, and may begin. */
  boolean begins(Timing timing) {
    boolean needed = wanted || !timing.equals(told);
    if (!needed || running || settling) {
      return false;
    }
    told = timing;
    running = true;
    wanted = false;
    return true;
  }

  /** A packet was accepted; a Final bit that nothing has asked for says nothing. */
  void received(boolean isFinal) {
    if (!isFinal) {
      settling = false;
    } else if (running) {
      running = false;
      settling = true;
      acknowledged = told;
    }
  }

  /** So much time has passed that no answer is on its way. */
  void settled() {
    settling = false;
  }
}
