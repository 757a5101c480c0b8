package dev.bugle.bgp;

/**
 * How the segments of a peer's TCP connections are authenticated, both ways. The system does it: it
 * drops what is not signed with the key, without an answer and before we see anything of it.
 */
public sealed interface TcpAuthentication permits TcpMd5, TcpAo {

  /** Where the key comes from. */
  KeySource source();

  /** As in messages: {@code TCP MD5}. */
  @Override
  String toString();
}
