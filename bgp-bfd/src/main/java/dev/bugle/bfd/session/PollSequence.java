package dev.bugle.bfd.session;

/**
 * When our intervals take effect (RFC 5880 §6.5, §6.8.3). What the other side is told may be ahead
 * of what we keep to: while UP, a longer transmit interval and a shorter receive interval wait for
 * the Final bit, because until then the other side judges us by the old ones.
 */
final class PollSequence {

  private boolean running;
  private boolean another;
  private long desiredMinTxMicros;
  private long requiredMinRxMicros;

  /** Told with the poll that runs; takes effect when it ends. */
  private long polledMinTxMicros;

  private long polledMinRxMicros;

  PollSequence(long desiredMinTxMicros, long requiredMinRxMicros) {
    takeEffect(desiredMinTxMicros, requiredMinRxMicros);
  }

  boolean isRunning() {
    return running;
  }

  /** What the transmit interval is reckoned from. */
  long desiredMinTxMicros() {
    return desiredMinTxMicros;
  }

  /** What the Detection Time is reckoned from. */
  long requiredMinRxMicros() {
    return requiredMinRxMicros;
  }

  /** Intervals that hold at once: no session is UP that could be hurt. */
  void takeEffect(long minTxMicros, long minRxMicros) {
    desiredMinTxMicros = minTxMicros;
    requiredMinRxMicros = minRxMicros;
    polledMinTxMicros = minTxMicros;
    polledMinRxMicros = minRxMicros;
  }

  /** New intervals while UP: tell them by a poll. */
  void tell(long minTxMicros, long minRxMicros) {
    desiredMinTxMicros = Math.min(desiredMinTxMicros, minTxMicros);
    requiredMinRxMicros = Math.max(requiredMinRxMicros, minRxMicros);
    begin();
    if (!another) {
      polledMinTxMicros = minTxMicros;
      polledMinRxMicros = minRxMicros;
    }
  }

  /** A poll begins; if one runs, whose answer says nothing of what is new, another follows it. */
  void begin() {
    if (running) {
      another = true;
    } else {
      running = true;
    }
  }

  /**
   * The Final bit came.
   *
   * @param minTxMicros what we tell now
   * @param minRxMicros what we tell now
   */
  void end(long minTxMicros, long minRxMicros) {
    if (!running) {
      return;
    }
    if (another) {
      another = false;
      desiredMinTxMicros = Math.min(polledMinTxMicros, minTxMicros);
      requiredMinRxMicros = Math.max(polledMinRxMicros, minRxMicros);
      polledMinTxMicros = minTxMicros;
      polledMinRxMicros = minRxMicros;
    } else {
      running = false;
      takeEffect(minTxMicros, minRxMicros);
    }
  }

  /** The session went down: nobody will answer. */
  void cancel() {
    running = false;
    another = false;
  }
}
