package dev.bugle.bgp.wire;

/**
 * What can be read and written beyond what RFC 4271 itself has: the open registries of the wire.
 *
 * @param nlri the address families
 * @param attributes the path attributes that the library does not bring
 */
public record Codecs(NlriCodecs nlri, AttributeExtensions attributes) {

  /** These families, and no attribute but those of the library. */
  public static Codecs of(NlriCodecs nlri) {
    return new Codecs(nlri, AttributeExtensions.NONE);
  }

  /** The same with these families. */
  public Codecs with(NlriCodecs families) {
    return new Codecs(families, attributes);
  }

  /** The same with these attributes. */
  public Codecs with(AttributeExtensions extensions) {
    return new Codecs(nlri, extensions);
  }
}
