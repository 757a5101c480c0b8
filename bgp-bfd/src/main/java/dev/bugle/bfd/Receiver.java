package dev.bugle.bfd;

import dev.bugle.bfd.linux.Datagrams;
import dev.bugle.bfd.linux.Descriptor;

/** A socket on which packets arrive. */
interface Receiver extends AutoCloseable {

  /** What to wait for. */
  Descriptor socket();

  /** Reads everything that waits. */
  void drain(Datagrams batch, Demultiplexer sessions);

  @Override
  void close();
}
