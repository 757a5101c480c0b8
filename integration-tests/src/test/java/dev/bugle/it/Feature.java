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
  BFD("Session ended by BFD", "5882"),
  TCP_MD5("TCP MD5 signatures: right key, wrong key, another key", "2385"),
  TTL_SECURITY("TTL security, one hop and through a router", "5082"),
  MULTIHOP("Session through a router", "4271"),
  LOCAL_AS("Another AS number of Bugle's for one peer", "7705"),
  ANY_AS("Router of whatever AS, inside or outside", "4271"),
  ANY_EXTERNAL_AS("Bugle is taken by a router that takes any other AS", "4271"),
  EXTENDED_MESSAGES("Messages of more than 4096 octets", "8654"),
  ADD_PATH("Several paths to one prefix, sent", "7911"),
  IPV6_NEXT_HOPS("IPv4 routes with IPv6 next hops", "8950"),
  ENHANCED_REFRESH("Markers around what is sent again", "7313"),
  ROLES("Roles that fit, and that do not", "9234"),
  ONLY_TO_CUSTOMER("Routes for customers only are marked", "9234"),
  GRACEFUL_RESTART("Routes are kept while Bugle restarts", "4724"),
  RESTART_NOTIFICATION("Routes are kept after the hold time; hard reset", "8538"),
  RETENTION("Routes of the router are kept while it restarts", "4724"),
  RETENTION_NOTIFICATION("Routes of the router are kept after the hold time; hard reset", "8538"),
  LONG_LIVED_RETENTION("Routes of the router are the last resort when it is late", "9494"),
  ADD_PATH_RECEIVED("Several paths to one prefix, received", "7911"),
  PREFIX_LIMIT("A router that announces more than it may", "4486");

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
