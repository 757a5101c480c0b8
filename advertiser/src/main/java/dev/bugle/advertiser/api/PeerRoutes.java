package dev.bugle.advertiser.api;

import dev.bugle.advertiser.Advertiser;
import dev.bugle.advertiser.ReceivedRoutes;
import dev.bugle.advertiser.admin.Answer;
import dev.bugle.advertiser.admin.Parameter;
import dev.bugle.advertiser.admin.Problem;
import dev.bugle.advertiser.admin.Request;
import dev.bugle.advertiser.admin.Route;
import dev.bugle.advertiser.json.Json;
import dev.bugle.bgp.PeerStatus;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What can be seen of the peers, and of the routes between us and them. */
final class PeerRoutes {

  /** How many routes an answer has at most: no session is to wait while they are copied. */
  static final int MAX_ROUTES = 10_000;

  private static final Parameter LIMIT =
      new Parameter(
          "limit",
          Parameter.Kind.QUERY,
          "How many routes at most, 1 to " + MAX_ROUTES + ", which it is without this.",
          "1000");

  private final Advertiser advertiser;

  PeerRoutes(Advertiser advertiser) {
    this.advertiser = advertiser;
  }

  List<Route> all() {
    return List.of(
        Route.get("/v1/peers", "All peers and their sessions.")
            .answersJson("The peers.", SeeingRoutes.listed("peers", PeerForm.SCHEMA))
            .repliedBy(
                request ->
                    SeeingRoutes.list("peers", advertiser.status().bgp().peers(), PeerForm::of)),
        Route.get("/v1/peers/{peer}", "One peer and its session.")
            .parameter(Named.PEER)
            .answersJson("The peer.", PeerForm.SCHEMA)
            .repliedBy(request -> Answer.json(PeerForm.of(peer(request), Moment.now()))),
        Route.get(
                "/v1/peers/{peer}/routes/sent",
                "What the peer knows from us, as it was told: after the policy, with the next hop.")
            .parameter(Named.PEER)
            .parameter(LIMIT)
            .answersJson("The routes.", RouteForm.SCHEMA)
            .handledBy(this::sent),
        Route.get(
                "/v1/peers/{peer}/routes/received",
                "What the peer has announced: the first thousand routes of its session.")
            .parameter(Named.PEER)
            .answersJson("The routes.", RouteForm.SCHEMA)
            .repliedBy(this::received));
  }

  private PeerStatus peer(Request request) throws Problem {
    return Named.peer(request.parameter("peer"), advertiser.status().bgp().peers());
  }

  private static int limit(Request request) throws Problem {
    String text = request.query().getOrDefault("limit", Integer.toString(MAX_ROUTES));
    if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > MAX_ROUTES) {
      throw Problem.of(
          400, "found limit=" + text + "; expected a whole number, 1 to " + MAX_ROUTES);
    }
    return Integer.parseInt(text);
  }

  private CompletionStage<Answer> sent(Request request) throws Problem {
    PeerStatus peer = peer(request);
    int limit = limit(request);
    try {
      // One more than is shown, so that it is known whether there are more.
      return advertiser
          .routesSent(peer.peer().peerAddress(), limit + 1)
          .thenApply(
              routes ->
                  answer(
                      peer,
                      RouteForm.sent(routes.subList(0, Math.min(limit, routes.size()))),
                      routes.size() <= limit));
    } catch (IllegalArgumentException gone) {
      throw Problem.of(404, PeerForm.name(peer) + " was a peer until now");
    }
  }

  private Answer received(Request request) throws Problem {
    PeerStatus peer = peer(request);
    ReceivedRoutes routes = advertiser.routesReceived(peer.peer().peerAddress());
    return answer(peer, RouteForm.received(routes), routes.complete());
  }

  private static Answer answer(PeerStatus peer, Json.Builder routes, boolean complete) {
    return Answer.json(
        routes
            .put("peer", peer.peer().peerAddress().toString())
            .put("state", PeerForm.word(peer.state()))
            .put("complete", complete)
            .build());
  }
}
