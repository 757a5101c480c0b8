package dev.bugle.bgp.linux;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A network interface.
 *
 * @param index its number, which it keeps when it is renamed
 * @param name its name now
 * @param isUp whether it has been brought up; a cable need not be in it
 */
public record Link(int index, String name, boolean isUp) {

  static final int RTM_NEWLINK = 16;
  static final int RTM_GETLINK = 18;

  // struct ifinfomsg
  static final int IFINFOMSG = 16;
  private static final int INDEX = 4;
  private static final int FLAGS = 8;
  private static final int IFF_UP = 1;

  private static final int IFLA_IFNAME = 3;

  /** Reads it; empty when the message is about something else. */
  static Optional<Link> decode(NetlinkMessage message) {
    if (message.type() != RTM_NEWLINK || message.body().limit() < IFINFOMSG) {
      return Optional.empty();
    }
    return message
        .attribute(IFINFOMSG, IFLA_IFNAME)
        .map(
            value ->
                new Link(
                    message.body().getInt(INDEX),
                    new String(NetlinkMessage.octets(value), StandardCharsets.UTF_8)
                        .replace("\0", ""),
                    (message.body().getInt(FLAGS) & IFF_UP) != 0));
  }
}
