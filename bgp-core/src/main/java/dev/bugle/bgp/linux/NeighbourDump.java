package dev.bugle.bgp.linux;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A datagram of the answer to RTM_GETNEIGH (rtnetlink(7)).
 *
 * @param neighbours that it tells
 * @param isLast whether no other datagram follows
 */
public record NeighbourDump(List<Neighbour> neighbours, boolean isLast) {

  // struct nlmsghdr
  static final int HEADER = 16;
  private static final int TYPE = 4;
  private static final int RTM_NEWNEIGH = 28;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;

  // struct ndmsg, behind the header
  static final int NDMSG = 12;
  private static final int NDM_INTERFACE = 4;
  private static final int NDM_STATE = 8;
  private static final int NDM_FLAGS = 10;
  private static final int NUD_FAILED = 0x20;
  private static final int NTF_ROUTER = 0x80;

  // struct rtattr
  private static final int ATTRIBUTE = 4;
  private static final int NDA_DST = 1;

  /** Copies the list. */
  public NeighbourDump {
    neighbours = List.copyOf(neighbours);
  }

  /**
   * Reads a datagram. What does not fit into it, and entries without an address, are left out.
   *
   * @param datagram from position to limit, in the byte order of this machine
   */
  public static NeighbourDump decode(ByteBuffer datagram) {
    List<Neighbour> neighbours = new ArrayList<>();
    int at = datagram.position();
    int end = datagram.limit();
    while (end - at >= HEADER) {
      int size = datagram.getInt(at);
      int type = Short.toUnsignedInt(datagram.getShort(at + TYPE));
      if (type == NLMSG_DONE || type == NLMSG_ERROR || size < HEADER || size > end - at) {
        return new NeighbourDump(neighbours, true);
      }
      if (type == RTM_NEWNEIGH && size >= HEADER + NDMSG) {
        entry(datagram, at + HEADER, at + size).ifPresent(neighbours::add);
      }
      at += Math.min(aligned(size), end - at);
    }
    return new NeighbourDump(neighbours, at < end);
  }

  private static Optional<Neighbour> entry(ByteBuffer bytes, int start, int end) {
    int at = start + NDMSG;
    while (end - at >= ATTRIBUTE) {
      int size = Short.toUnsignedInt(bytes.getShort(at));
      int type = Short.toUnsignedInt(bytes.getShort(at + 2));
      if (size < ATTRIBUTE || size > end - at) {
        return Optional.empty();
      }
      if (type == NDA_DST) {
        byte[] octets = new byte[size - ATTRIBUTE];
        bytes.get(at + ATTRIBUTE, octets);
        return address(octets)
            .map(
                address ->
                    new Neighbour(
                        bytes.getInt(start + NDM_INTERFACE),
                        address,
                        (bytes.get(start + NDM_FLAGS) & NTF_ROUTER) != 0,
                        (bytes.getShort(start + NDM_STATE) & NUD_FAILED) == 0));
      }
      at += Math.min(aligned(size), end - at);
    }
    return Optional.empty();
  }

  private static Optional<InetAddress> address(byte[] octets) {
    try {
      return Optional.of(InetAddress.getByAddress(octets));
    } catch (UnknownHostException noAddress) {
      return Optional.empty(); // neither 4 nor 16 octets
    }
  }

  private static int aligned(int size) {
    return (size + 3) & ~3;
  }
}
