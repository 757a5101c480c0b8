package dev.bugle.advertiser.api;

import dev.bugle.advertiser.Advertiser;
import dev.bugle.advertiser.AdvertiserListener;
import dev.bugle.advertiser.AdvertiserStatus;
import dev.bugle.advertiser.VipDecision;
import dev.bugle.advertiser.admin.Answer;
import dev.bugle.advertiser.admin.EventStream;
import dev.bugle.advertiser.admin.Route;
import dev.bugle.advertiser.admin.Schema;
import dev.bugle.advertiser.health.Health;
import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.bgp.PeerStatus;
import java.util.function.Function;

/** What happens to the advertiser, as a stream of events. */
final class Events implements AdvertiserListener, AutoCloseable {

  private static final Schema DATA =
      Schema.object("What has changed: in the snapshot everything, in other events one of these.")
          .field("at", Schema.text("When it was told, on the wall clock (RFC 3339)."))
          .optional("vips", Schema.listOf("All VIPs.", VipForm.SCHEMA))
          .optional("peers", Schema.listOf("All peers.", PeerForm.SCHEMA))
          .optional("leaderships", Schema.listOf("All leaderships.", KnownForm.LEADERSHIP))
          .optional("checks", Schema.listOf("All health checks.", KnownForm.HEALTH))
          .optional("vip", VipForm.SCHEMA)
          .optional("removed", Schema.text("The name of a VIP that is not configured any more."))
          .optional("peer", PeerForm.SCHEMA)
          .optional("leadership", KnownForm.LEADERSHIP)
          .optional("check", KnownForm.HEALTH)
          .build();

  private final EventStream stream;
  private final Runnable unsubscribe;

  private Events(Advertiser advertiser) {
    this.stream = new EventStream(() -> snapshot(advertiser.status()));
    this.unsubscribe = advertiser.subscribe(this);
  }

  /** Begins to hear what happens. */
  static Events of(Advertiser advertiser) {
    return new Events(advertiser);
  }

  Route route() {
    return Route.get(
            "/v1/events",
            "What happens: first the event snapshot, and then vip, vip-removed, peer, leadership"
                + " and health, each with what it is by then.")
        .answersEvents("The data of an event.", DATA)
        .repliedBy(request -> Answer.events(stream));
  }

  private static Json snapshot(AdvertiserStatus status) {
    Moment now = Moment.now();
    return Json.object()
        .put("at", Moment.text(now.wall()))
        .put("vips", Json.list(status.vips(), one -> VipForm.of(one, now)))
        .put("peers", Json.list(status.bgp().peers(), one -> PeerForm.of(one, now)))
        .put(
            "leaderships",
            Json.list(
                status.leaderships().entrySet(),
                one -> KnownForm.leadership(one.getKey(), one.getValue(), now).build()))
        .put(
            "checks",
            Json.list(
                status.health().entrySet(),
                one -> KnownForm.health(one.getKey(), one.getValue(), now).build()))
        .build();
  }

  /**
   * Costs nothing while nobody reads. Who comes later has it in the snapshot, which is read after
   * the subscription, and the advertiser knew of the change before it told.
   */
  private void publish(String event, String field, Function<Moment, Json> data) {
    if (stream.subscribers() > 0) {
      Moment now = Moment.now();
      stream.publish(
          event,
          Json.object().put("at", Moment.text(now.wall())).put(field, data.apply(now)).build());
    }
  }

  @Override
  public void vipChanged(VipDecision decision) {
    publish("vip", "vip", now -> VipForm.of(decision, now));
  }

  @Override
  public void vipRemoved(String name) {
    publish("vip-removed", "removed", now -> Json.of(name));
  }

  @Override
  public void leadershipChanged(String name, Leadership known) {
    publish("leadership", "leadership", now -> KnownForm.leadership(name, known, now).build());
  }

  @Override
  public void healthChanged(String name, Health known) {
    publish("health", "check", now -> KnownForm.health(name, known, now).build());
  }

  @Override
  public void peerChanged(PeerStatus status) {
    publish("peer", "peer", now -> PeerForm.of(status, now));
  }

  @Override
  public void close() {
    unsubscribe.run();
  }
}
