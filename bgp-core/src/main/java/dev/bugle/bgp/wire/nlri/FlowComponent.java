package dev.bugle.bgp.wire.nlri;

import io.netty.buffer.ByteBuf;

/** One condition of a flow specification: what it looks at, and what that must be. */
public sealed interface FlowComponent permits FlowPrefix, FlowMatches {

  /** What of the packet it looks at. */
  FlowComponentType type();

  /** Whether it can be part of a flow specification of this IP version. */
  boolean fits(boolean ipv4);

  /** Appends the type octet and the value. */
  void encode(ByteBuf out);

  /** Octets on the wire. */
  int encodedLength();
}
