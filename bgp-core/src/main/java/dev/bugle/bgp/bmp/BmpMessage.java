package dev.bugle.bgp.bmp;

import io.netty.buffer.ByteBuf;

/** A message of BMP (RFC 7854 §4). */
public sealed interface BmpMessage
    permits RouteMonitoring,
        StatisticsReport,
        PeerDown,
        PeerUp,
        Initiation,
        Termination,
        RouteMirroring,
        OpaqueBmpMessage {

  /** The type code, 0 to 255. */
  int type();

  /** Appends what follows the common header. */
  void encode(ByteBuf out);
}
