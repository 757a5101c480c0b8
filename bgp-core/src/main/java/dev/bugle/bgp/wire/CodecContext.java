package dev.bugle.bgp.wire;

/**
 * What the two ends agreed on that changes how bytes are read and written. It begins as {@link
 * #INITIAL}; each {@code with} method returns one that differs in that point.
 *
 * @param fourOctetAs both ends sent the 4-octet AS capability (RFC 6793)
 * @param external the peer is in another AS, and not in our confederation, so LOCAL_PREF has no
 *     place in its UPDATEs (RFC 4271 §5.1.5)
 * @param enhancedRouteRefresh both ends sent the Enhanced Route Refresh capability (RFC 7313)
 * @param received what the peer may send, by which messages are decoded
 * @param sent what we may send, by which messages are encoded
 * @param codecs the families, and the attributes from outside, that can be read and written
 */
public record CodecContext(
    boolean fourOctetAs,
    boolean external,
    boolean enhancedRouteRefresh,
    Direction received,
    Direction sent,
    Codecs codecs) {

  /** Before OPEN is exchanged: nothing agreed yet. */
  public static final CodecContext INITIAL =
      new CodecContext(
          false, true, false, Direction.INITIAL, Direction.INITIAL, Codecs.of(NlriCodecs.UNICAST));

  /** The same with this answer to whether AS numbers have four octets. */
  public CodecContext withFourOctetAs(boolean agreed) {
    return new CodecContext(agreed, external, enhancedRouteRefresh, received, sent, codecs);
  }

  /** The same for a peer in another AS, or in ours. */
  public CodecContext withExternal(boolean isExternal) {
    return new CodecContext(fourOctetAs, isExternal, enhancedRouteRefresh, received, sent, codecs);
  }

  /** The same with this answer to whether the bounds of a refresh are marked. */
  public CodecContext withEnhancedRouteRefresh(boolean agreed) {
    return new CodecContext(fourOctetAs, external, agreed, received, sent, codecs);
  }

  /** The same for a peer that may send this. */
  public CodecContext withReceived(Direction fromPeer) {
    return new CodecContext(fourOctetAs, external, enhancedRouteRefresh, fromPeer, sent, codecs);
  }

  /** The same for a peer that may be sent this. */
  public CodecContext withSent(Direction toPeer) {
    return new CodecContext(fourOctetAs, external, enhancedRouteRefresh, received, toPeer, codecs);
  }

  /** The same with these families. */
  public CodecContext withNlriCodecs(NlriCodecs families) {
    return withCodecs(codecs.with(families));
  }

  /** The same with these families and attributes. */
  public CodecContext withCodecs(Codecs newCodecs) {
    return new CodecContext(fourOctetAs, external, enhancedRouteRefresh, received, sent, newCodecs);
  }

  /** The families that can be read and written. */
  public NlriCodecs nlriCodecs() {
    return codecs.nlri();
  }

  /** How the peer sees it: what we send is what it receives. */
  public CodecContext mirrored() {
    return withReceived(sent).withSent(received);
  }
}
