package dev.bugle.k8s.service;

import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.JsonText;
import dev.bugle.bgp.wire.IpAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the status of a Service must be changed to, as a strategic merge patch. */
final class StatusPatch {

  private StatusPatch() {}

  /**
   * The patch; empty when the status is as it should be. It holds only for the version of the
   * object that it was made of.
   */
  static Optional<String> of(Outcome outcome, Instant now) {
    Service service = outcome.service();
    Json.Builder status = Json.object();
    Optional<List<IpAddress>> addresses =
        outcome
            .account()
            .addresses()
            .filter(wanted -> !isSame(wanted, service.status().addresses()));
    addresses.ifPresent(
        wanted ->
            status.put(
                "loadBalancer",
                Json.object()
                    .put(
                        "ingress",
                        Json.list(wanted, ip -> Json.object().put("ip", ip.toString()).build()))
                    .build()));
    Condition wanted = cut(outcome.account().condition());
    Optional<Condition> there = service.status().condition();
    boolean conditionDiffers = !there.equals(Optional.of(wanted));
    if (conditionDiffers) {
      status.put("conditions", Json.list(List.of(condition(wanted, there, now))));
    }
    if (addresses.isEmpty() && !conditionDiffers) {
      return Optional.empty();
    }
    Json patch =
        Json.object()
            .put(
                "metadata",
                Json.object()
                    .put("uid", service.identity().uid())
                    .put("resourceVersion", service.identity().version())
                    .build())
            .put("status", status.build())
            .build();
    return Optional.of(JsonText.write(patch));
  }

  /** As it can be read again: what is longer would differ each time. */
  private static Condition cut(Condition condition) {
    String message = condition.message();
    return message.length() <= ServiceReader.LONGEST_VALUE
        ? condition
        : new Condition(
            condition.isTrue(),
            condition.reason(),
            message.substring(0, ServiceReader.LONGEST_VALUE));
  }

  private static Json condition(Condition wanted, Optional<Condition> there, Instant now) {
    Json.Builder fields =
        Json.object()
            .put("type", Condition.TYPE)
            .put("status", wanted.isTrue() ? "True" : "False")
            .put("reason", wanted.reason())
            .put("message", wanted.message());
    if (there.filter(known -> known.isTrue() == wanted.isTrue()).isEmpty()) {
      fields.put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    return fields.build();
  }

  /** One address can be written in several ways. */
  private static boolean isSame(List<IpAddress> wanted, List<String> there) {
    List<IpAddress> parsed = new ArrayList<>();
    for (String text : there) {
      try {
        parsed.add(IpAddress.parse(text));
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
    return wanted.equals(parsed);
  }
}
