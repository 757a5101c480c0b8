package dev.bugle.bgp;

/** Somebody who is told of the routing tables, piece by piece, by their thread. */
interface TableFollower {

  /** Has a piece told; returns whether there is more that may be told now. */
  boolean step();

  /** Nothing more is told; may be called again. */
  void end();

  /** A step ended in what nobody foresaw: nothing more is told, for what was is not known. */
  default void failed(Throwable unforeseen) {
    end();
  }
}
