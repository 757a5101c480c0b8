package dev.bugle.bgp.wire;

/** What the notations of both IP versions have in common. */
final class AddressText {

  private AddressText() {}

  /** Says that a text is no address, and at which index it stops being one. */
  static IllegalArgumentException notAnAddress(String text, int index) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not an IP address; write it like 192.0.2.1 or 2001:db8::1 (column "
            + (index + 1)
            + ")");
  }
}
