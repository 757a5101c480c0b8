package dev.bugle.advertiser.api;

import dev.bugle.advertiser.Advertiser;
import dev.bugle.advertiser.AdvertiserStatus;
import dev.bugle.advertiser.Factor;
import dev.bugle.advertiser.Posture;
import dev.bugle.advertiser.VipDecision;
import dev.bugle.advertiser.admin.Answer;
import dev.bugle.advertiser.admin.Route;
import dev.bugle.advertiser.admin.Schema;
import dev.bugle.advertiser.json.Json;
import dev.bugle.bgp.session.SessionState;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/** What can be seen: the whole, the VIPs, and what they depend on. */
final class SeeingRoutes {

  private static final Schema COUNT = Schema.whole("How many.", 0, Long.MAX_VALUE);

  private static final Schema STATUS =
      Moment.since(
              Schema.object("The whole at a glance; since tells when it was started.")
                  .field("version", Schema.text("The program's version."))
                  .field("asn", Schema.whole("Our AS number.", 1, 0xFFFF_FFFFL))
                  .field("routerId", Schema.text("Our BGP Identifier."))
                  .field("listen", Schema.listOf("Where BGP listens.", Schema.text("One place."))))
          .field("ready", Schema.flag("Whether it does what it is there for, as /readyz says."))
          .field("missing", Schema.listOf("What is missing for that.", Schema.text("A sentence.")))
          .field("drains", Schema.listOf("Why everything is drained.", Schema.text("A reason.")))
          .field("vips", Schema.mapOf("How many VIPs are in which posture.", COUNT))
          .field("peers", COUNT)
          .field("established", COUNT)
          .build();

  private final Advertiser advertiser;
  private final Moment start = Moment.now();

  SeeingRoutes(Advertiser advertiser) {
    this.advertiser = advertiser;
  }

  List<Route> all() {
    return List.of(
        Route.get("/v1/status", "The whole at a glance.")
            .answersJson("The state.", STATUS)
            .repliedBy(request -> status()),
        Route.get("/v1/vips", "All VIPs, how they are announced, and why.")
            .answersJson("The VIPs.", listed("vips", VipForm.SCHEMA))
            .repliedBy(request -> vips(advertiser.decisions())),
        Route.get("/v1/vips/{vip}", "One VIP; or several, if they have the prefix in common.")
            .parameter(Named.VIP)
            .answersJson("The VIPs.", listed("vips", VipForm.SCHEMA))
            .repliedBy(
                request -> vips(Named.vips(request.parameter("vip"), advertiser.decisions()))),
        Route.get("/v1/leadership", "All leaderships that VIPs need.")
            .answersJson("The leaderships.", listed("leaderships", KnownForm.LEADERSHIP))
            .repliedBy(request -> leaderships()),
        Route.get("/v1/health", "All health checks.")
            .answersJson("The checks.", listed("checks", KnownForm.HEALTH))
            .repliedBy(request -> health()),
        Route.get("/v1/addresses", "All addresses that VIPs want on interfaces.")
            .answersJson("The addresses.", listed("addresses", KnownForm.ADDRESS))
            .repliedBy(
                request ->
                    list(
                        "addresses",
                        sorted(advertiser.status().addresses()),
                        (one, now) -> KnownForm.address(one.getKey(), one.getValue(), now))),
        Route.get("/v1/sources", "All sources of VIPs, and what is refused of them.")
            .answersJson("The sources.", listed("sources", SourceForm.SCHEMA))
            .repliedBy(
                request ->
                    list(
                        "sources",
                        sorted(advertiser.status().sources()),
                        (one, now) -> SourceForm.of(one.getKey(), one.getValue(), now))),
        Route.get("/v1/bfd", "The BFD sessions that watch the paths to peers.")
            .answersJson("The sessions.", listed("sessions", BfdForm.SCHEMA))
            .repliedBy(
                request ->
                    list(
                        "sessions",
                        sorted(advertiser.status().bfd()),
                        (one, now) -> BfdForm.of(one.getKey(), one.getValue(), now))));
  }

  static Schema listed(String field, Schema each) {
    return Schema.object("All of them.").field(field, Schema.listOf("Each of them.", each)).build();
  }

  static <T> Answer list(String field, Collection<T> all, BiFunction<T, Moment, Json> form) {
    Moment now = Moment.now();
    return Answer.json(
        Json.object().put(field, Json.list(all, one -> form.apply(one, now))).build());
  }

  private static <K, V> List<Map.Entry<K, V>> sorted(Map<K, V> map) {
    return map.entrySet().stream()
        .sorted((one, other) -> one.getKey().toString().compareTo(other.getKey().toString()))
        .toList();
  }

  private static Answer vips(List<VipDecision> decisions) {
    return list("vips", decisions, VipForm::of);
  }

  private Answer status() {
    AdvertiserStatus status = advertiser.status();
    List<String> missing = advertiser.missing();
    Json.Builder postures = Json.object();
    for (Posture posture : Posture.values()) {
      postures.put(
          posture.toString(),
          status.vips().stream().filter(one -> one.posture() == posture).count());
    }
    String version =
        Objects.requireNonNullElse(
            SeeingRoutes.class.getPackage().getImplementationVersion(), "unreleased");
    return Answer.json(
        Moment.now()
            .since(
                Json.object()
                    .put("version", version)
                    .put("asn", status.bgp().asn())
                    .put("routerId", status.bgp().routerId().toString())
                    .put("listen", Json.list(status.bgp().listenAddresses(), SeeingRoutes::place)),
                start.nanos())
            .put("ready", missing.isEmpty())
            .put("missing", Json.list(missing, Json::of))
            .put("drains", Json.list(status.drains(), Json::of))
            .put("vips", postures.build())
            .put("peers", status.bgp().peers().size())
            .put(
                "established",
                status.bgp().peers().stream()
                    .filter(one -> one.state() == SessionState.ESTABLISHED)
                    .count())
            .build());
  }

  private static Json place(InetSocketAddress address) {
    return Json.of(PeerForm.end(address));
  }

  private Answer leaderships() {
    AdvertiserStatus status = advertiser.status();
    return list(
        "leaderships",
        sorted(status.leaderships()),
        (one, now) ->
            KnownForm.leadership(one.getKey(), one.getValue(), now)
                .put("vips", users(status, Factor.Kind.LEADERSHIP, one.getKey()))
                .build());
  }

  private Answer health() {
    AdvertiserStatus status = advertiser.status();
    return list(
        "checks",
        sorted(status.health()),
        (one, now) ->
            KnownForm.health(one.getKey(), one.getValue(), now)
                .put("vips", users(status, Factor.Kind.HEALTH, one.getKey()))
                .build());
  }

  private static Json users(AdvertiserStatus status, Factor.Kind kind, String name) {
    return Json.list(KnownForm.vips(status, kind, name), Json::of);
  }
}
