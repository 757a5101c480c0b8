package dev.bugle.advertiser;

import dev.bugle.advertiser.Factor.Effect;
import dev.bugle.advertiser.Factor.Kind;
import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.addresses.BoundAddress;
import dev.bugle.advertiser.health.Health;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.source.Standing;
import dev.bugle.advertiser.time.DurationText;
import dev.bugle.advertiser.vip.Degradation;
import dev.bugle.advertiser.vip.Vip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What each input does to a VIP at one moment. Whatever is not known forbids. */
record Factors(Inputs inputs, long now) {

  private static final long NEVER = Long.MAX_VALUE;

  List<Factor> of(Vip vip) {
    List<Factor> factors = new ArrayList<>();
    drain(vip).ifPresent(factors::add);
    source(vip).ifPresent(factors::add);
    for (String check : vip.needs().health()) {
      factors.add(health(check, vip.needs().whenUnhealthy()));
    }
    peers(vip.leadership()).ifPresent(factors::add);
    factors.add(leadership(vip.leadership()));
    address(vip).map(this::address).ifPresent(factors::add);
    return factors;
  }

  private Factor leadership(String name) {
    Leadership known = inputs.leadership().get(name);
    if (known == null) {
      return unknown(Kind.LEADERSHIP, name, "there is no such leadership");
    }
    String value = known.state().name().toLowerCase(Locale.ROOT);
    if (known.isHeldAt(now)) {
      return new Factor(
          Kind.LEADERSHIP,
          name,
          Effect.ALLOWS,
          value,
          known.since(),
          known.heldUntil(),
          known.reason());
    }
    boolean expired = known.heldUntil() != 0;
    return new Factor(
        Kind.LEADERSHIP,
        name,
        Effect.FORBIDS,
        expired ? "expired" : value,
        expired ? known.heldUntil() : known.since(),
        NEVER,
        expired ? "leadership ran out without being confirmed: " + known.reason() : known.reason());
  }

  private Optional<Factor> drain(Vip vip) {
    return Optional.ofNullable(inputs.drains().get(vip.name()))
        .map(
            drain -> {
              long end = drain.since() + vip.drainTime().toNanos();
              boolean over = now >= end;
              return new Factor(
                  Kind.DRAIN,
                  "",
                  over ? Effect.FORBIDS : Effect.WORSENS,
                  over ? "drained" : "draining",
                  over ? end : drain.since(),
                  over ? NEVER : end,
                  drain.reason());
            });
  }

  private Optional<Factor> source(Vip vip) {
    return Optional.ofNullable(inputs.standings().get(vip.name()))
        .map(
            standing ->
                switch (standing.effect()) {
                  case ALLOWS -> source(vip, Effect.ALLOWS, NEVER, standing);
                  case FORBIDS -> source(vip, Effect.FORBIDS, NEVER, standing);
                  case WORSENS -> {
                    long end = worseUntil(vip.needs().whenUnhealthy(), standing.since());
                    yield now < end
                        ? source(vip, Effect.WORSENS, end, standing)
                        : source(vip, Effect.FORBIDS, NEVER, standing);
                  }
                });
  }

  private static Factor source(Vip vip, Effect effect, long until, Standing standing) {
    return new Factor(
        Kind.SOURCE,
        SourceNames.source(vip.name()),
        effect,
        standing.value(),
        standing.since(),
        until,
        standing.reason());
  }

  /** What has been worse since then is so until that moment, and forbids from there on. */
  private static long worseUntil(Optional<Degradation> whenUnhealthy, long since) {
    return whenUnhealthy
        .map(worse -> worse.withdrawAfter().map(time -> since + time.toNanos()).orElse(NEVER))
        .orElse(since);
  }

  private Factor health(String check, Optional<Degradation> whenUnhealthy) {
    Health known = inputs.health().get(check);
    if (known == null) {
      return unknown(Kind.HEALTH, check, "there is no such check");
    }
    String value = known.state().name().toLowerCase(Locale.ROOT);
    if (known.isUpAt(now)) {
      return new Factor(
          Kind.HEALTH, check, Effect.ALLOWS, value, known.since(), known.upUntil(), known.reason());
    }
    if (known.state() == Health.State.UP) {
      return new Factor(
          Kind.HEALTH,
          check,
          Effect.FORBIDS,
          "expired",
          known.upUntil(),
          NEVER,
          "no probe has passed in time: " + known.reason());
    }
    long worseUntil =
        worseUntil(
            whenUnhealthy.filter(worse -> known.state() == Health.State.DOWN), known.since());
    boolean worsens = now < worseUntil;
    return new Factor(
        Kind.HEALTH,
        check,
        worsens ? Effect.WORSENS : Effect.FORBIDS,
        value,
        known.since(),
        worsens ? worseUntil : NEVER,
        known.reason());
  }

  /** Who leads and reaches nobody had better let another lead. */
  private Optional<Factor> peers(String leadership) {
    return Optional.ofNullable(inputs.patience().get(leadership))
        .map(
            patience ->
                switch (inputs.reach().state()) {
                  case NEVER -> peers(Effect.FORBIDS, "none", NEVER, "no peer has been up yet");
                  case UP -> peers(Effect.ALLOWS, "up", NEVER, "a peer is up");
                  case DOWN -> {
                    long end = inputs.reach().since() + patience.toNanos();
                    yield now < end
                        ? peers(Effect.ALLOWS, "down", end, "no peer is up")
                        : unreachable(end, patience);
                  }
                });
  }

  private Factor peers(Effect effect, String value, long until, String reason) {
    return new Factor(Kind.PEERS, "", effect, value, inputs.reach().since(), until, reason);
  }

  private static Factor unreachable(long since, Duration patience) {
    String reason = "no peer has been up for " + DurationText.of(patience);
    return new Factor(Kind.PEERS, "", Effect.FORBIDS, "none", since, NEVER, reason);
  }

  /** The address that the VIP wants on an interface. */
  static Optional<BoundAddress> address(Vip vip) {
    return vip.needs().boundTo().map(name -> new BoundAddress(name, vip.route().prefix()));
  }

  private Factor address(BoundAddress address) {
    Binding known = inputs.bindings().get(address);
    if (known == null) {
      return unknown(Kind.ADDRESS, address.toString(), "it has not been put there yet");
    }
    return new Factor(
        Kind.ADDRESS,
        address.toString(),
        known.state() == Binding.State.BOUND ? Effect.ALLOWS : Effect.FORBIDS,
        known.state().name().toLowerCase(Locale.ROOT),
        known.since(),
        NEVER,
        known.reason());
  }

  private Factor unknown(Kind kind, String name, String reason) {
    return new Factor(kind, name, Effect.FORBIDS, "unknown", now, NEVER, reason);
  }
}
