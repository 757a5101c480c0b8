package dev.bugle.advertiser.api;

import dev.bugle.advertiser.Factor;
import dev.bugle.advertiser.Posture;
import dev.bugle.advertiser.VipDecision;
import dev.bugle.advertiser.admin.Schema;
import dev.bugle.advertiser.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A VIP, how it is announced, and why. */
final class VipForm {

  private static final Schema FACTOR =
      Moment.since(
              Schema.object("An input of the decision.")
                  .field("kind", Schema.oneOf("Which sort of input.", words(Factor.Kind.values())))
                  .field("name", Schema.text("Which one of its kind; may be empty."))
                  .field("value", Schema.text("What it is now."))
                  .field(
                      "effect",
                      Schema.oneOf("What it does to the VIP.", words(Factor.Effect.values()))))
          .optional(
              "forSeconds",
              Schema.number("How long it still holds unless it is confirmed or something changes."))
          .field("reason", Schema.text("Why it has this value."))
          .field("rule", Schema.text("The rule by which it has its effect."))
          .field("decides", Schema.flag("Whether the VIP stands as it does because of this one."))
          .build();

  /** A VIP with all the inputs of its decision. */
  static final Schema SCHEMA =
      Moment.since(
              Schema.object("A VIP, how it is announced, and why.")
                  .field("name", Schema.text("What it is called."))
                  .field("prefix", Schema.text("What is announced."))
                  .field("posture", Schema.oneOf("How it is announced.", words(Posture.values()))))
          .field("reason", Schema.text("Why, in short."))
          .field("rule", Schema.text("The rule that decided, in words."))
          .field(
              "factors", Schema.listOf("All inputs, in the order in which they are asked.", FACTOR))
          .build();

  private VipForm() {}

  private static List<String> words(Object[] values) {
    return Arrays.stream(values).map(Object::toString).toList();
  }

  static Json of(VipDecision decision, Moment now) {
    return now.since(
            Json.object()
                .put("name", decision.vip().name())
                .put("prefix", decision.vip().route().prefix().toString())
                .put("posture", decision.posture().toString()),
            since(decision))
        .put("reason", decision.reason())
        .put("rule", decision.rule())
        .put(
            "factors",
            Json.list(decision.factors(), factor -> factor(factor, decides(factor, decision), now)))
        .build();
  }

  /** What is announced as it is, is so since the last of its inputs allowed it. */
  private static long since(VipDecision decision) {
    return decision.posture() == Posture.ANNOUNCED
        ? decision.factors().stream().mapToLong(Factor::since).max().orElse(0)
        : decision.decidedBy().since();
  }

  private static boolean decides(Factor factor, VipDecision decision) {
    return decision.posture() == Posture.ANNOUNCED || factor.equals(decision.decidedBy());
  }

  private static Json factor(Factor factor, boolean decides, Moment now) {
    return now.since(
            Json.object()
                .put("kind", factor.kind().toString())
                .put("name", factor.name())
                .put("value", factor.value())
                .put("effect", factor.effect().toString()),
            factor.since())
        .put(
            "forSeconds",
            Optional.of(factor.until()).filter(until -> until != Long.MAX_VALUE),
            now::until)
        .put("reason", factor.reason())
        .put("rule", factor.rule())
        .put("decides", decides)
        .build();
  }
}
