package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.capability.Role;

/**
 * What we are to a peer in another AS (RFC 9234).
 *
 * @param role ours
 * @param strict whether a peer that does not say its role is refused
 */
public record LocalRole(Role role, boolean strict) {

  /** Whether our routes are marked so that the peer tells them only downwards (RFC 9234 §5). */
  public boolean marksRoutes() {
    return switch (role) {
      case PROVIDER, PEER, RS -> true;
      case CUSTOMER, RS_CLIENT -> false;
    };
  }
}
