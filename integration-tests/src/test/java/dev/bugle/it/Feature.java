package dev.bugle.it;

/**
 * What a session of Bugle's can do: one row each in docs/interop.md. A row needs a test that {@link
 * Shows} it or is a {@link FeatureTest} of it, for every router that does not {@link
 * RouterKind#lacks} it.
 */
enum Feature {
  ACTIVE_OPEN("Session that Bugle opens", "4271"),
  PASSIVE_OPEN("Session that the router opens", "4271"),
  COLLISION("One session remains when both open", "4271 §6.8"),
  IPV6_SESSION("Session over IPv6, with routes of both families", "4271, 2545"),
  IPV4_UNICAST("IPv4 unicast routes", "4271"),
  IPV6_UNICAST("IPv6 unicast routes", "4760, 2545"),
  WITHDRAWAL("Withdrawal of one route of several", "4271, 4760"),
  LEARNING("Routes of the router are learned", "4271, 4760"),
  INTERNAL_SESSION("Session inside one AS, with LOCAL_PREF", "4271"),
  COMMUNITIES("Communities", "1997"),
  EXTENDED_COMMUNITIES("Extended communities", "4360"),
  LARGE_COMMUNITIES("Large communities", "8092"),
  FOUR_OCTET_AS("4-octet AS numbers", "6793"),
  ROUTE_REFRESH("Route refresh, asked for by the router", "2918"),
  SHUTDOWN_SENT("Shutdown communication, from Bugle", "9003"),
  SHUTDOWN_RECEIVED("Shutdown communication, from the router", "9003"),
  RESET_SENT("Administrative reset by Bugle", "4486"),
  RESET_RECEIVED("Administrative reset by the router", "4486"),
  RESTART("Return after the router was killed", "4271"),
  HOLD_TIMER("Hold timer: a frozen router, a cut wire", "4271 §6.5"),
  BAD_PEER_AS_SENT("Bad Peer AS, from Bugle", "4271 §6.2"),
  BAD_PEER_AS_RECEIVED("Bad Peer AS, from the router", "4271 §6.2"),
  MINIMUM_HOLD_TIME("Unacceptable Hold Time, from the router", "4271 §6.2"),
  BFD("Session ended by BFD", "5882");

  private final String title;
  private final String rfc;

  Feature(String title, String rfc) {
    this.title = title;
    this.rfc = rfc;
  }

  /** The words of its row. */
  String title() {
    return title;
  }

  /** Where it is specified, as the table prints it. */
  String rfc() {
    return rfc;
  }
}
