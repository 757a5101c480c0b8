package dev.bugle.bfd;

import dev.bugle.bfd.linux.NativeMemory;

/** The way by which the packets of a session go out. */
interface Path extends AutoCloseable {

  /** By what packets that come in are known to be the session's. */
  PathKey key();

  /** UDP. */
  int sourcePort();

  /** With which packets must come in. */
  int minimumTtl();

  /** Memory that can be sent. */
  NativeMemory memory(int length);

  /** Sends the first octets of it; returns 0, or the errno of the failure. */
  int send(NativeMemory frame, int length);

  /** What an errno means. */
  String meaning(int errno);

  @Override
  void close();
}
