package dev.bugle.bfd.session;

import dev.bugle.bfd.wire.Keys;
import java.util.Optional;

/**
 * What a session is configured with.
 *
 * @param localDiscriminator ours, unique in this system, not zero
 * @param timing intervals and multiplier; may be changed while the session runs
 * @param role whether we begin to send before we have heard of the other side
 * @param controlPlaneIndependent whether BFD here survives a restart of the control plane that it
 *     serves: the C bit of what is sent (RFC 5880 §4.1)
 * @param unaffiliated whether the other side is ourselves, by way of a neighbour that returns our
 *     packets (RFC 9747); then there is nobody to poll
 * @param firstSequenceNumber a random number to begin with (RFC 5880 §6.8.1, bfd.XmitAuthSeq)
 * @param keys authentication of both directions; empty for none
 */
public record SessionConfig(
    int localDiscriminator,
    Timing timing,
    Role role,
    boolean controlPlaneIndependent,
    boolean unaffiliated,
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
