package dev.bugle.bgp.wire;

/**
 * The path attributes that were added to those of the library. What is inside is known to {@code
 * wire.attribute} alone, whose {@code AttributeCodecs} is the one implementation: this package is
 * below it and carries them to where attributes are read.
 */
public interface AttributeExtensions {

  /** Nothing was added: an attribute that the library does not know is kept as octets. */
  AttributeExtensions NONE = new AttributeExtensions() {};
}
