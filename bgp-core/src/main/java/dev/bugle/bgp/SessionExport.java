package dev.bugle.bgp;

import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.PolicyPeer;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How routes are fitted to an established session: what its configuration and its OPENs say. */
final class SessionExport {

  private static final Logger log = LoggerFactory.getLogger(SessionExport.class);

  private SessionExport() {}

  /** A family without an address that could be the next hop is told of in the log. */
  static Export of(
      SpeakerConfig speaker, PeerConfig config, Connection connection, Negotiated negotiated) {
    Map<AddressFamily, IpAddress> nextHops =
        NextHops.of(
            config,
            negotiated.codec().sent().extendedNextHop(),
            connection.localAddress().getAddress());
    for (AddressFamily family : negotiated.families()) {
      if (NextHops.OF_OURS.contains(family) && !nextHops.containsKey(family)) {
        log.warn(
            "peer {}: we have no address to give as next hop of {} routes, so they are not"
                + " announced to it; set the peer's next hop, or give the interface of {} one",
            config.peerAddress(),
            family,
            connection.localAddress().getAddress().getHostAddress());
      }
    }
    return new Export(
        new PolicyPeer(config.address(), negotiated.peerAs(), config.peerAddress().zone()),
        config.export().policy(),
        config.standing(speaker).ownAs(),
        config.standing(speaker).kind(),
        config.session().offer().role().filter(LocalRole::marksRoutes).isPresent(),
        nextHops);
  }
}
