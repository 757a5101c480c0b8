package dev.bugle.advertiser.api;

import dev.bugle.advertiser.AdvertiserStatus;
import dev.bugle.advertiser.Factor;
import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.addresses.BoundAddress;
import dev.bugle.advertiser.admin.Schema;
import dev.bugle.advertiser.health.Health;
import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.leadership.Leadership;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is known of an input: of a leadership, a health check, an address on an interface. */
final class KnownForm {

  private static final Schema VIPS =
      Schema.listOf("The VIPs that need it.", Schema.text("The name of one."));

  /** A leadership, as it stands. */
  static final Schema LEADERSHIP =
      known("A leadership, as its elector knows it.", "Where the elector stands.")
          .optional("forSeconds", Schema.number("How long it is held unless it is confirmed."))
          .optional("vips", VIPS)
          .build();

  /** A health check. */
  static final Schema HEALTH =
      known("A health check.", "What the probes have shown.")
          .optional("forSeconds", Schema.number("How long it is up unless a probe passes."))
          .optional("vips", VIPS)
          .build();

  /** An address that a VIP wants on an interface. */
  static final Schema ADDRESS =
      known("An address that is to be on an interface.", "Whether it is there.").build();

  private KnownForm() {}

  private static Schema.Builder known(String description, String state) {
    return Moment.since(
            Schema.object(description)
                .field("name", Schema.text("What it is called."))
                .field("state", Schema.text(state)))
        .field("reason", Schema.text("Why."));
  }

  private static Json.Builder known(String name, Enum<?> state, long since, Moment now) {
    return now.since(
        Json.object().put("name", name).put("state", state.name().toLowerCase(Locale.ROOT)), since);
  }

  static Json.Builder leadership(String name, Leadership known, Moment now) {
    return known(name, known.state(), known.since(), now)
        .put("reason", known.reason())
        .put("forSeconds", until(known.heldUntil()), now::until);
  }

  static Json.Builder health(String name, Health known, Moment now) {
    return known(name, known.state(), known.since(), now)
        .put("reason", known.reason())
        .put("forSeconds", until(known.upUntil()), now::until);
  }

  static Json address(BoundAddress address, Binding known, Moment now) {
    return known(address.toString(), known.state(), known.since(), now)
        .put("reason", known.reason())
        .build();
  }

  private static Optional<Long> until(long moment) {
    return moment == 0 || moment == Long.MAX_VALUE ? Optional.empty() : Optional.of(moment);
  }

  /** The names of the VIPs that have such an input. */
  static List<String> vips(AdvertiserStatus status, Factor.Kind kind, String name) {
    return status.vips().stream()
        .filter(
            decision ->
                decision.factors().stream()
                    .anyMatch(factor -> factor.kind() == kind && factor.name().equals(name)))
        .map(decision -> decision.vip().name())
        .toList();
  }
}
