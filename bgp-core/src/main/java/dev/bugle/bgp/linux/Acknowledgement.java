package dev.bugle.bgp.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the kernel says of a request (NLMSG_ERROR, netlink(7)).
 *
 * @param errno why it has not done it, or 0 when it has
 * @param text what it adds to that in words; may be empty
 */
record Acknowledgement(int errno, String text) {

  private static final int CAPPED = 0x100;
  private static final int HAS_ATTRIBUTES = 0x200;

  private static final int NLMSGERR_ATTR_MSG = 1;

  /**
   * Reads it; empty when the message is about something else.
   *
   * @throws IllegalArgumentException when the message is not sound
   */
  static Optional<Acknowledgement> decode(NetlinkMessage message) {
    if (message.type() != NetlinkMessage.ERROR) {
      return Optional.empty();
    }
    ByteBuffer body = message.body();
    int request = Integer.BYTES; // where the request is repeated, its header at least
    if (body.limit() < request + NetlinkMessage.HEADER) {
      throw new IllegalArgumentException(
          "an acknowledgement of netlink has " + body.limit() + " octets");
    }
    return Optional.of(new Acknowledgement(-body.getInt(0), text(message, request)));
  }

  /** Whether all has been told that was to be told, which the last message of a dump says. */
  static Acknowledgement ofEnd(NetlinkMessage done) {
    ByteBuffer body = done.body();
    return new Acknowledgement(body.limit() < Integer.BYTES ? 0 : -Math.min(0, body.getInt(0)), "");
  }

  private static String text(NetlinkMessage message, int request) {
    if ((message.flags() & HAS_ATTRIBUTES) == 0) {
      return "";
    }
    int repeated =
        (message.flags() & CAPPED) != 0 ? NetlinkMessage.HEADER : message.body().getInt(request);
    if (repeated < NetlinkMessage.HEADER || repeated > message.body().limit() - request) {
      throw new IllegalArgumentException(
          "an acknowledgement of netlink repeats " + repeated + " octets, and has fewer");
    }
    return message
        .attribute(request + NetlinkMessage.aligned(repeated), NLMSGERR_ATTR_MSG)
        .map(value -> new String(NetlinkMessage.octets(value), StandardCharsets.UTF_8))
        .map(words -> words.replaceAll("\\p{Cntrl}", ""))
        .orElse("");
  }
}
