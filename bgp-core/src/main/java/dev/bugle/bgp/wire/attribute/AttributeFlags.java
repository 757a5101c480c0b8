package dev.bugle.bgp.wire.attribute;

/**
 * The Attribute Flags octet (RFC 4271 §4.3), without Extended Length, which says nothing of
 * meaning, and without the unused bits, which are zero when sent and ignored when received.
 *
 * @param octet the flag bits Optional (0x80), Transitive (0x40), Partial (0x20)
 */
public record AttributeFlags(int octet) {

  /** Every speaker must understand it; it is passed on. */
  public static final AttributeFlags WELL_KNOWN = new AttributeFlags(0x40);

  /** A speaker that does not understand it passes it on. */
  public static final AttributeFlags OPTIONAL_TRANSITIVE = new AttributeFlags(0xC0);

  /** A speaker that does not understand it drops it. */
  public static final AttributeFlags OPTIONAL_NON_TRANSITIVE = new AttributeFlags(0x80);

  static final int PARTIAL = 0x20;
  static final int EXTENDED_LENGTH = 0x10;

  private static final AttributeFlags[] ALL = new AttributeFlags[8];

  static {
    for (int bits = 0; bits < ALL.length; bits++) {
      ALL[bits] = new AttributeFlags(bits << 5);
    }
  }

  /** The flags of this octet, as the constructor makes them. */
  static AttributeFlags of(int octet) {
    return ALL[octet >>> 5 & 7];
  }

  /** Drops the other bits. */
  public AttributeFlags {
    octet &= 0xE0;
  }

  /** Whether a speaker may fail to recognise it. */
  public boolean isOptional() {
    return (octet & 0x80) != 0;
  }

  /** Whether it is passed on to other peers. */
  public boolean isTransitive() {
    return (octet & 0x40) != 0;
  }

  /** Whether a speaker on the way did not recognise it. */
  public boolean isPartial() {
    return (octet & PARTIAL) != 0;
  }

  /** The same with the Partial bit set. */
  public AttributeFlags withPartial() {
    return of(octet | PARTIAL);
  }

  /** Whether Optional and Transitive agree, which is what RFC 7606 §3 (c) checks. */
  boolean sameCategory(AttributeFlags other) {
    return ((octet ^ other.octet) & 0xC0) == 0;
  }

  @Override
  public String toString() {
    String category =
        isOptional()
            ? isTransitive() ? "optional transitive" : "optional non-transitive"
            : isTransitive() ? "well-known" : "well-known non-transitive";
    return isPartial() ? category + " partial" : category;
  }
}
