package dev.bugle.bgp.mrt;

import java.io.IOException;

/** A record that is not what RFC 6396 says; the message says where, and what was found. */
public final class MalformedMrtException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedMrtException(String found) {
    super(found);
  }
}
