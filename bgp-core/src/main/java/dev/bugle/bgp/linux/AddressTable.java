package dev.bugle.bgp.linux;

import java.util.List;

/**
 * The interfaces of this system and their addresses (rtnetlink(7)), in the network namespace of the
 * calling thread. Reading needs no rights, changing CAP_NET_ADMIN. For one thread at a time.
 */
public final class AddressTable {

  private final Kernel kernel;

  /** Of this network namespace. */
  public AddressTable(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * All interfaces.
   *
   * @throws SystemCallException when they cannot be read
   * @throws IllegalArgumentException when the kernel's answer is not sound
   */
  public List<Link> links() {
    try (RouteNetlink netlink = RouteNetlink.open(kernel)) {
      return netlink.dump("RTM_GETLINK", Link.RTM_GETLINK, Link.IFINFOMSG, Link::decode);
    }
  }

  /**
   * All addresses of both families, on all interfaces.
   *
   * @throws SystemCallException when they cannot be read
   * @throws IllegalArgumentException when the kernel's answer is not sound
   */
  public List<InterfaceAddress> addresses() {
    try (RouteNetlink netlink = RouteNetlink.open(kernel)) {
      return netlink.dump(
          "RTM_GETADDR",
          InterfaceAddress.RTM_GETADDR,
          InterfaceAddress.IFADDRMSG,
          InterfaceAddress::decode);
    }
  }

  /**
   * Puts an address on its interface, in a way that this host does not choose it as the source of
   * its own connections and does not look for others that have it.
   *
   * @throws SystemCallException when the kernel refuses, as when it is there
   */
  public void add(InterfaceAddress address) {
    try (RouteNetlink netlink = RouteNetlink.open(kernel)) {
      netlink.ask(
          "RTM_NEWADDR", InterfaceAddress.RTM_NEWADDR, RouteNetlink.CREATE_NEW, address::encodeNew);
    }
  }

  /**
   * Takes an address away.
   *
   * @throws SystemCallException when the kernel refuses, as when it is not there
   */
  public void remove(InterfaceAddress address) {
    try (RouteNetlink netlink = RouteNetlink.open(kernel)) {
      netlink.ask("RTM_DELADDR", InterfaceAddress.RTM_DELADDR, 0, address::encodeDelete);
    }
  }
}
