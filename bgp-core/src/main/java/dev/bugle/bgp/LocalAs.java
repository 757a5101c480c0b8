package dev.bugle.bgp;

import dev.bugle.bgp.wire.Asn;

/**
 * Another AS number than the speaker's, under which one peer knows us (RFC 7705): while networks
 * are merged, the peer need not hear of our new number, or not yet.
 *
 * @param asn that stands in our OPEN and first in the paths that we tell the peer, 1 to 4294967295
 * @param replacesSpeakers whether the speaker's own number is kept out of these paths; otherwise it
 *     stands behind this one ("Replace Old AS", RFC 7705 §3.3)
 */
public record LocalAs(long asn, boolean replacesSpeakers) {

  /** Checks the range. */
  public LocalAs {
    Asn.requireUsable(asn);
  }
}
