package dev.bugle.bgp;

import dev.bugle.bgp.wire.BgpError;

/** A peer of a speaker. May be used from any thread. */
public final class Peer implements AutoCloseable {

  private final BgpSpeaker speaker;
  private final PeerSession session;

  Peer(BgpSpeaker speaker, PeerConfig config, PeerListener listener) {
    this.speaker = speaker;
    this.session = new PeerSession(speaker.environment(), config, new Notifier(this, listener));
  }

  PeerSession session() {
    return session;
  }

  /** What it was added with. */
  public PeerConfig config() {
    return session.config();
  }

  /** How it is now. Never blocks. */
  public PeerStatus status() {
    return session.status();
  }

  /**
   * Ends the session with Cease/Administrative Reset and lets it come back (RFC 4486, RFC 9003).
   *
   * @param text told to the peer's operators; may be empty; cut to 255 octets of UTF-8
   */
  public void reset(String text) {
    session.reset(BgpError.administrativeReset(text));
  }

  /** Removes the peer: its session ends with Cease/Peer De-configured. Does not wait. */
  @Override
  public void close() {
    speaker.remove(this);
  }

  @Override
  public String toString() {
    return session.toString();
  }
}
