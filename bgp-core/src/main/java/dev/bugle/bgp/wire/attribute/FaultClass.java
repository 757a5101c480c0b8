package dev.bugle.bgp.wire.attribute;

/** What a fault in an attribute does, mildest first (RFC 7606 §2). */
public enum FaultClass {
  /** The attribute is dropped, the rest of the UPDATE stands. */
  DISCARD,
  /** Every route of the UPDATE counts as withdrawn. */
  TREAT_AS_WITHDRAW,
  /** The session ends with a NOTIFICATION. */
  RESET
}
