package dev.bugle.it;

import java.util.Optional;

/**
 * Between which addresses a BFD session runs.
 *
 * @param device over one hop the host's interface; empty for several hops
 */
record BfdPath(String bugle, String router, Optional<String> device) {

  /** The kinds of addresses that one wire has. */
  enum Family {
    IPV4,
    IPV6,
    LINK_LOCAL
  }

  static BfdPath over(Machine machine, Family family) {
    Wire wire = machine.wire();
    Optional<String> device = Optional.of(wire.device());
    return switch (family) {
      case IPV4 -> new BfdPath(wire.hostV4(), wire.routerV4(), device);
      case IPV6 -> new BfdPath(wire.hostV6(), wire.routerV6(), device);
      case LINK_LOCAL -> new BfdPath(wire.hostLinkLocal(), wire.routerLinkLocal(), device);
    };
  }

  static BfdPath multihop(String bugle, String router) {
    return new BfdPath(bugle, router, Optional.empty());
  }

  boolean isMultihop() {
    return device.isEmpty();
  }

  /** As a speaker needs it to listen there. */
  String listenAddress() {
    return bugle.startsWith("fe80:") ? bugle + "%" + device.orElseThrow() : bugle;
  }
}
