package dev.bugle.advertiser.api;

import dev.bugle.advertiser.ReceivedRoutes;
import dev.bugle.advertiser.admin.Schema;
import dev.bugle.advertiser.json.Json;
import dev.bugle.bgp.AdvertisedRoute;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Routes that a peer knows from us, or that it has announced. */
final class RouteForm {

  private static final Schema ROUTE =
      Schema.object("A route.")
          .field("prefix", Schema.text("The destination."))
          .optional("pathId", Schema.whole("Which of several paths (RFC 7911).", 0, 0xFFFF_FFFFL))
          .field("nextHop", Schema.text("Where traffic is to be sent; may be empty."))
          .optional("origin", Schema.text("ORIGIN."))
          .field("asPath", Schema.text("AS_PATH; empty from our own AS."))
          .optional("localPref", Schema.whole("LOCAL_PREF.", 0, 0xFFFF_FFFFL))
          .optional("med", Schema.whole("MULTI_EXIT_DISC.", 0, 0xFFFF_FFFFL))
          .field("communities", Schema.listOf("Communities of all kinds.", Schema.text("One.")))
          .build();

  /** The routes of one direction. */
  static final Schema SCHEMA =
      Schema.object("Routes between us and a peer.")
          .field("peer", Schema.text("The peer's address, or the interface that it is behind."))
          .field("state", Schema.text("The state of its session; without one there are no routes."))
          .field("complete", Schema.flag("Whether these are all the routes."))
          .field("routes", Schema.listOf("The routes.", ROUTE))
          .build();

  private RouteForm() {}

  static Json.Builder sent(List<AdvertisedRoute> routes) {
    return Json.object()
        .put(
            "routes",
            sorted(
                routes.stream()
                    .map(
                        one ->
                            route(
                                one.destination(),
                                one.path().nextHop().map(IpAddress::toString).orElse(""),
                                one.path().attributes()))
                    .toList()));
  }

  static Json.Builder received(ReceivedRoutes routes) {
    return Json.object()
        .put(
            "routes",
            sorted(
                routes.routes().stream()
                    .map(
                        one ->
                            route(
                                one.destination(),
                                one.nextHop().map(IpAddress::toString).orElse(""),
                                one.attributes()))
                    .toList()));
  }

  private static Json sorted(List<Json.Fields> routes) {
    return Json.list(
        routes.stream()
            .sorted(Comparator.comparing((Json.Fields one) -> String.valueOf(one.find("prefix"))))
            .toList());
  }

  private static Json.Fields route(Nlri destination, String nextHop, PathAttributes attributes) {
    Optional<PathNlri> path =
        Optional.of(destination).filter(PathNlri.class::isInstance).map(PathNlri.class::cast);
    return Json.object()
        .put("prefix", path.map(PathNlri::nlri).orElse(destination).toString())
        .put("pathId", path.map(PathNlri::pathIdentifier), Json::of)
        .put("nextHop", nextHop)
        .put("origin", attributes.get(Origin.class).map(Origin::toString), Json::of)
        .put("asPath", attributes.get(AsPath.class).map(AsPath::toString).orElse(""))
        .put("localPref", attributes.get(LocalPref.class).map(LocalPref::value), Json::of)
        .put("med", attributes.get(MultiExitDisc.class).map(MultiExitDisc::value), Json::of)
        .put("communities", communities(attributes))
        .build();
  }

  private static Json communities(PathAttributes attributes) {
    return Json.list(
        List.<Collection<?>>of(
                attributes.communities(),
                attributes.largeCommunities(),
                attributes.extendedCommunities())
            .stream()
            .flatMap(Collection::stream)
            .map(one -> Json.of(one.toString()))
            .toList());
  }
}
