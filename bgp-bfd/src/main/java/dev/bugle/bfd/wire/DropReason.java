package dev.bugle.bfd.wire;

/** Why a received packet was discarded: the rules of RFC 5880 §6.8.6 in their order, and §6.7. */
public enum DropReason {
  /** Shorter than its own or the smallest allowed length, or cut on the way. */
  BAD_LENGTH,
  /** Not version 1. */
  BAD_VERSION,
  /** Detect Mult is zero. */
  ZERO_DETECT_MULT,
  /** The Multipoint bit is set. */
  MULTIPOINT,
  /** My Discriminator is zero. */
  ZERO_MY_DISCRIMINATOR,
  /** Your Discriminator is zero in a state in which the sender must know ours. */
  ZERO_YOUR_DISCRIMINATOR,
  /** No session has this discriminator, or this address and interface. */
  NO_SESSION,
  /** The authentication section does not have the form of its type. */
  MALFORMED_AUTHENTICATION,
  /** Authenticated, and we expect none. */
  UNEXPECTED_AUTHENTICATION,
  /** Not authenticated, and we expect it. */
  MISSING_AUTHENTICATION,
  /** Another type, an unknown key, a wrong password or digest. */
  WRONG_AUTHENTICATION,
  /** A sequence number that was used before, or is too far ahead. */
  REPLAYED,
  /** Our session is held down by its operator. */
  ADMIN_DOWN,
  /** TTL or hop limit too low: not from where it should be (RFC 5881 §5, RFC 5883 §5). */
  LOW_TTL,
  /** Our discriminator, but not from the address or interface of that session. */
  WRONG_SOURCE,
  /** The echo function has failed a short while ago; the session is held down. */
  HELD_DOWN
}
