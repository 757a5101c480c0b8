package dev.bugle.bfd.session;

import dev.bugle.bfd.wire.AuthenticationSection;

/** Which sequence numbers are fresh (RFC 5880 §6.7.3, §6.7.4: bfd.RcvAuthSeq, AuthSeqKnown). */
final class SequenceWindow {

  private boolean known;
  private int last;

  /**
   * Whether the number of this section is fresh.
   *
   * @param detectMult of the packet
   */
  boolean admits(AuthenticationSection section, int detectMult) {
    if (!known || !section.type().isDigest()) {
      return true;
    }
    int ahead = section.sequenceNumber() - last; // circular
    int least = section.type().isMeticulous() ? 1 : 0;
    return Integer.compareUnsigned(ahead, least) >= 0
        && Integer.compareUnsigned(ahead, 3 * detectMult) <= 0;
  }

  /** The packet of this section was accepted. */
  void accepted(AuthenticationSection section) {
    if (section.type().isDigest()) {
      known = true;
      last = section.sequenceNumber();
    }
  }

  /** Nothing was received for twice the Detection Time: begin anew. */
  void forget() {
    known = false;
  }
}
