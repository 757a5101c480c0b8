package dev.bugle.bgp;

import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * How a connection that a peer opened has reached us. What the options of the socket keep out from
 * now on may have got in before they were set: the handshake, and what came right behind it.
 */
record Arrival(PeerConfig peer, SocketOptions socket) {

  /** Refuses a connection that the peer's configuration keeps out. */
  void check() {
    int least = peer.transport().ttl().leastReceived();
    if (least > 0) {
      socket.synTtl().ifPresent(ttl -> requireTtl(ttl, least));
    }
    peer.transport().interfaceName().ifPresent(this::requireInterface);
  }

  private static void requireTtl(int ttl, int least) {
    if (ttl < least) {
      throw ProtectionException.keepsOut(
          "TTL security",
          "it came with TTL "
              + ttl
              + "; expected "
              + least
              + " or more. Has the router TTL security, too, and is it as near as configured?");
    }
  }

  /** A socket that a VRF device brought is bound to that device, not to the interface below. */
  private void requireInterface(String name) {
    if (socket.interfaceName().filter(name::equals).isPresent()) {
      return;
    }
    int arrivedOn = socket.arrivedOn(peer.address().isIpv4());
    if (arrivedOn != index(name)) {
      throw ProtectionException.keepsOut("interface " + name, "it came in by " + nameOf(arrivedOn));
    }
  }

  private static int index(String name) {
    try {
      NetworkInterface found = NetworkInterface.getByName(name);
      if (found != null) {
        return found.getIndex();
      }
    } catch (SocketException unreadable) {
      throw ProtectionException.cannotApply(
          "interface " + name, "it cannot be looked up: " + unreadable.getMessage());
    }
    throw ProtectionException.cannotApply("interface " + name, "there is none of this name");
  }

  private static String nameOf(int index) {
    try {
      NetworkInterface found = NetworkInterface.getByIndex(index);
      return found == null ? "one of index " + index : found.getName();
    } catch (SocketException | IllegalArgumentException unknown) {
      return "one of index " + index;
    }
  }
}
