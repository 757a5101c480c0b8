package dev.bugle.bgp.wire;

/**
 * What the two ends agreed on that changes how bytes are read and written.
 *
 * @param fourOctetAs both ends sent the 4-octet AS capability (RFC 6793)
 * @param external the peer is in another AS, so LOCAL_PREF has no place in its UPDATEs (RFC 4271
 *     §5.1.5)
 * @param maxMessageLength the longest message in octets, header included
 * @param nlriCodecs the families that can be read and written
 */
public record CodecContext(
    boolean fourOctetAs, boolean external, int maxMessageLength, NlriCodecs nlriCodecs) {

  /** Checks the length: every speaker takes 4096 octets, and the Length field holds 65535. */
  public CodecContext {
    if (maxMessageLength < MAX_MESSAGE_LENGTH || maxMessageLength > 0xFFFF) {
      throw new IllegalArgumentException(
          "a longest message of " + maxMessageLength + " octets is not in 4096 to 65535");
    }
  }

  /** The longest message of RFC 4271 §4.1. */
  public static final int MAX_MESSAGE_LENGTH = 4096;

  /** Before OPEN is exchanged: nothing agreed yet. */
  public static final CodecContext INITIAL =
      new CodecContext(false, true, MAX_MESSAGE_LENGTH, NlriCodecs.UNICAST);

  /** The same with this answer to whether AS numbers have four octets. */
  public CodecContext withFourOctetAs(boolean agreed) {
    return new CodecContext(agreed, external, maxMessageLength, nlriCodecs);
  }

  /** The same for a peer in another AS, or in ours. */
  public CodecContext withExternal(boolean isExternal) {
    return new CodecContext(fourOctetAs, isExternal, maxMessageLength, nlriCodecs);
  }
}
