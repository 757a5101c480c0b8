package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;

/**
 * An NLRI that is malformed inside, while its length is right: it is skipped, and what stands
 * beside it is read (NLRI discard, RFC 9552 §8.2.2). It stands for nothing, and is kept for those
 * who want to see what their peer sends.
 *
 * @param type as received
 * @param value as received
 * @param found what is wrong, for people
 */
public record MalformedLinkStateNlri(int type, Bytes value, String found) implements LinkStateNlri {

  @Override
  public boolean isDiscarded() {
    return true;
  }

  /** Like {@code malformed nlri-type 1 0x0102 (2 octets do not hold ...)}. */
  @Override
  public String toString() {
    return "malformed nlri-type " + type + " 0x" + value + " (" + found + ")";
  }
}
