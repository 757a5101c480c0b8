package dev.bugle.bgp.session;

/**
 * How a session is to be held, whoever the peer is.
 *
 * @param times how long to wait for what
 * @param passive whether only the peer connects
 * @param strictPath whether the session begins only while the path is {@link PathState#UP} or
 *     {@link PathState#ADMIN_DOWN}, which is BFD strict mode
 * @param offer what we offer the peer in OPEN
 */
public record SessionOptions(SessionTimes times, boolean passive, boolean strictPath, Offer offer) {

  /** Both sides connect, nobody watches the path, and all else is as the parts say. */
  public static final SessionOptions DEFAULT =
      new SessionOptions(SessionTimes.DEFAULT, false, false, Offer.DEFAULT);
}
