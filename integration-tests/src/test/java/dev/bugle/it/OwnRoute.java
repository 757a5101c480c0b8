package dev.bugle.it;

import java.util.List;

/**
 * A route that a router originates itself.
 *
 * @param communities standard communities as {@code 65000:7}
 * @param largeCommunities as {@code 65000:7:8}
 */
record OwnRoute(String prefix, List<String> communities, List<String> largeCommunities) {

  boolean isIpv6() {
    return prefix.contains(":");
  }
}
