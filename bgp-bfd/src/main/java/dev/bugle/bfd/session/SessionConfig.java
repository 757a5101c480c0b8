package dev.bugle.bfd.session;

import dev.bugle.bfd.wire.Keys;
import java.util.Optional;

/**
 * What a session is configured with.
 *
 * @param localDiscriminator ours, unique in this system, not zero
 * @param timing intervals and multiplier; may be changed while the session runs
 * @param role whether we begin to send before we have heard of the other side
 * @param firstSequenceNumber a random number to begin with (RFC 5880 §6.8.1, bfd.XmitAuthSeq)
 * @param keys authentication of both directions; empty for none
 */
public record SessionConfig(
    int localDiscriminator,
    Timing timing,
    Role role,
    int firstSequenceNumber,
    Optional<Keys> keys) {

  /** Checks the discriminator. */
  public SessionConfig {
    if (localDiscriminator == 0) {
      throw new IllegalArgumentException("the local discriminator must not be zero");
    }
  }

  /** Who begins (RFC 5880 §6.1). */
  public enum Role {
    /** Sends from the start. */
    ACTIVE,
    /** Sends only once the other side was heard. */
    PASSIVE
  }
}
