package dev.bugle.bgp.mrt;

import java.util.Arrays;
import java.util.Optional;

/** The subtypes of BGP4MP with a message (RFC 6396 §4.4; RFC 8050 §3). */
public enum MessageForm {
  /** AS numbers of two octets, also inside the message. */
  MESSAGE(1),
  /** AS numbers of four octets, also inside the message. */
  MESSAGE_AS4(4),
  /** Sent by the collector; AS numbers of two octets. */
  MESSAGE_LOCAL(6),
  /** Sent by the collector; AS numbers of four octets. */
  MESSAGE_AS4_LOCAL(7),
  /** With path identifiers; AS numbers of two octets. */
  MESSAGE_ADDPATH(8),
  /** With path identifiers; AS numbers of four octets. */
  MESSAGE_AS4_ADDPATH(9),
  /** Sent by the collector, with path identifiers; AS numbers of two octets. */
  MESSAGE_LOCAL_ADDPATH(10),
  /** Sent by the collector, with path identifiers; AS numbers of four octets. */
  MESSAGE_AS4_LOCAL_ADDPATH(11);

  private final int subtype;

  MessageForm(int subtype) {
    this.subtype = subtype;
  }

  static Optional<MessageForm> of(int subtype) {
    return Arrays.stream(values()).filter(form -> form.subtype == subtype).findFirst();
  }

  /** The form with these properties. */
  public static MessageForm of(boolean fourOctetAs, boolean local, boolean addPath) {
    return Arrays.stream(values())
        .filter(form -> form.isFourOctetAs() == fourOctetAs)
        .filter(form -> form.isLocal() == local && form.isAddPath() == addPath)
        .findFirst()
        .orElseThrow();
  }

  int subtype() {
    return subtype;
  }

  /** Whether AS numbers have four octets. */
  public boolean isFourOctetAs() {
    return name().contains("_AS4");
  }

  /** Whether the collector sent the message, and not its peer. */
  public boolean isLocal() {
    return name().contains("_LOCAL");
  }

  /** Whether NLRI in the message have path identifiers. */
  public boolean isAddPath() {
    return name().contains("_ADDPATH");
  }
}
