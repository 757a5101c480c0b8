package dev.bugle.bgp.rib.table;

/**
 * Somebody's way through a table, at his own speed. On the thread of the table. What he has not
 * read is written down nowhere: it is what the table is when he comes to it.
 */
public interface TableReading {

  /** Whether {@link #next} may have something now. */
  boolean hasNext();

  /**
   * The next piece, which counts as read. It may be empty though there is more. Once all is read
   * that was there in the beginning, an End-of-RIB marker follows.
   */
  Parcel next();

  /** Nothing more is read. */
  void leave();
}
