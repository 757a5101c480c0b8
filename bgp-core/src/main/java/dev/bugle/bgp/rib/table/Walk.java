package dev.bugle.bgp.rib.table;

/** The way of one peer through all destinations, while it reads of changes beside it. */
final class Walk {

  /** What it is for. */
  enum Purpose {
    /** The peer knows nothing yet; in the end it is told that this was all. */
    INITIAL,
    /** The peer wants to hear all again (RFC 2918). */
    REFRESH,
    /** The same with marks before and behind (RFC 7313). */
    MARKED_REFRESH,
    /** The peer is told on other terms than before, and hears only what differs. */
    REFIT
  }

  private final Purpose purpose;

  /** Beyond them are only those that have come since. */
  private final int limit;

  /** What has changed with this stamp or a later one is read in the log, and passed over here. */
  private final long since;

  private int at;
  private boolean begun;

  /** The log must be read as far before the end is told; -1 until all destinations are passed. */
  private long mark = -1;

  Walk(Purpose purpose, int limit, long since) {
    this.purpose = purpose;
    this.limit = limit;
    this.since = since;
  }

  Purpose purpose() {
    return purpose;
  }

  long since() {
    return since;
  }

  int at() {
    return at;
  }

  /** How many destinations it has still to pass, used or not. */
  int left() {
    return limit - at;
  }

  /** Whether this is asked for the first time. */
  boolean begins() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  boolean hasDestinations() {
    return at < limit;
  }

  void moveTo(int number) {
    at = Math.min(number, limit);
  }

  /** The destinations are passed while the log was so long. */
  void passed(long next) {
    if (mark < 0) {
      mark = next;
    }
  }

  /** As far as this the log must be read before the end is told; -1 while there is more to pass. */
  long mark() {
    return mark;
  }

  /** Whether all is told by who has read the log as far. */
  boolean isOver(long read) {
    return mark >= 0 && read >= mark;
  }
}
