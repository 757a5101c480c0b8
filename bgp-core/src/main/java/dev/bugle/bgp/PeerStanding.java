package dev.bugle.bgp;

import dev.bugle.bgp.rib.OwnAs;
import dev.bugle.bgp.rib.PeerKind;
import dev.bugle.bgp.rib.table.Import;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.session.RemoteAs;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a peer is to the speaker, by the AS numbers of both and the peer's part.
 *
 * @param speaker that has the peer
 * @param peer as it is configured
 */
record PeerStanding(SpeakerConfig speaker, PeerConfig peer) {

  /** The AS that the peer must be in, as another member of our confederation where it is one. */
  RemoteAs remoteAs() {
    return speaker.remoteAs(peer.remoteAs());
  }

  /** The AS under which the peer knows us. */
  long localAs() {
    return peer.localAs().map(LocalAs::asn).orElse(speaker.asnTowards(peer.remoteAs()));
  }

  /** How the paths begin that we tell the peer. */
  OwnAs ownAs() {
    long outward = speaker.outwardAsn();
    List<Long> path =
        peer.localAs()
            .filter(local -> local.asn() != outward)
            .map(
                local ->
                    local.replacesSpeakers() ? List.of(local.asn()) : List.of(local.asn(), outward))
            .orElse(List.of(outward));
    return new OwnAs(path, speaker.asn());
  }

  /** The AS numbers by which the peer, or others out of our AS, may know us. */
  List<Long> knownAsns() {
    return Stream.concat(ownAs().outward().stream(), Stream.of(speaker.outwardAsn()))
        .distinct()
        .toList();
  }

  /** Whether the session is EBGP, also within a confederation. */
  boolean isExternal() {
    return remoteAs().isExternal(localAs());
  }

  /**
   * What the peer is.
   *
   * @throws IllegalArgumentException when it cannot be what it is configured to be
   */
  PeerKind kind() {
    boolean isOutside = remoteAs().isOutside(localAs());
    if (!isOutside && peer.localAs().isPresent() && speaker.confederation().isPresent()) {
      throw new IllegalArgumentException(
          "a peer in our confederation knows us by AS "
              + speaker.asn()
              + " alone; remove the local AS "
              + peer.localAs().get().asn());
    }
    return peer.propagation().part().kind(isExternal(), isOutside);
  }

  /** Whether AIGP is taken from the peer, and told to it (RFC 7311 §3.3). */
  boolean takesAigp() {
    return peer.propagation().aigp() || !kind().isOutside();
  }

  /** On which terms its paths are taken. */
  Import.Terms terms() {
    Import.Terms usual =
        Import.Terms.usual(kind(), peer.session().offer().role().map(LocalRole::role))
            .withAigp(takesAigp());
    return peer.importing().enforceFirstAs().map(usual::withFirstAs).orElse(usual);
  }
}
