package dev.bugle.bgp;

import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.table.PeerTerms;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * On which terms an established session is told of routing tables: what its configuration and its
 * OPENs say.
 *
 * @param families the terms for each family that was negotiated
 */
record SessionTerms(Map<AddressFamily, PeerTerms> families) {

  /** What they would be if the peer's policies accepted everything as it is. */
  static SessionTerms unfiltered(
      SpeakerConfig speaker, PeerConfig config, Connection connection, Negotiated negotiated) {
    PeerConfig unfiltered =
        config.toBuilder()
            .exportPolicy(RoutePolicy.ACCEPT_ALL)
            .propagation(config.propagation().withPolicy(RoutePolicy.ACCEPT_ALL))
            .build();
    return of(speaker, unfiltered, connection, negotiated);
  }

  static SessionTerms of(
      SpeakerConfig speaker, PeerConfig config, Connection connection, Negotiated negotiated) {
    Export local = SessionExport.of(speaker, config, connection, negotiated);
    InetAddress own = connection.localAddress().getAddress();
    Map<AddressFamily, PeerTerms> families = new LinkedHashMap<>();
    for (AddressFamily family : negotiated.families()) {
      families.put(
          family,
          new PeerTerms(
              local,
              SessionPropagation.of(speaker, config, negotiated, family, own),
              negotiated.codec()));
    }
    return new SessionTerms(families);
  }
}
