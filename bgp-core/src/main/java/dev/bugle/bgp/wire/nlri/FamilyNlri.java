package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Nlri;
import io.netty.buffer.ByteBuf;

/** An NLRI that writes itself; {@link FamilyCodec} is its way to the wire. */
interface FamilyNlri extends Nlri {

  /** Whether it can stand in a field of this family. */
  boolean belongsTo(AddressFamily family);

  /** Appends it, with its length where it has one. */
  void encode(ByteBuf out);

  /** Octets on the wire. */
  int encodedLength();
}
