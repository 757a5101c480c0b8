package dev.bugle.bgp.bmp;

/** A message that is not what RFC 7854 says; the text says what was found. */
public final class MalformedBmpException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedBmpException(String found) {
    super(found);
  }
}
