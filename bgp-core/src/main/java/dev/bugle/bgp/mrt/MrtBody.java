package dev.bugle.bgp.mrt;

import io.netty.buffer.ByteBuf;

/** What a record says, without its time. */
public sealed interface MrtBody
    permits PeerIndexTable, RibRecord, Bgp4mpMessage, Bgp4mpStateChange, OpaqueBody {

  /** TABLE_DUMP_V2 (RFC 6396 §4.3). */
  int TABLE_DUMP_V2 = 13;

  /** BGP4MP (RFC 6396 §4.4). */
  int BGP4MP = 16;

  /** BGP4MP with microseconds, BGP4MP_ET (RFC 6396 §4.4). */
  int BGP4MP_ET = 17;

  /** The type code of the record, without the choice of BGP4MP_ET. */
  int type();

  /** The subtype code of the record. */
  int subtype();

  /** Appends all that follows the header and the microseconds. */
  void encode(ByteBuf out);
}
