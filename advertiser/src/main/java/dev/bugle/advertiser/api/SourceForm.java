package dev.bugle.advertiser.api;

import dev.bugle.advertiser.SourceStatus;
import dev.bugle.advertiser.admin.Schema;
import dev.bugle.advertiser.json.Json;
import java.util.Map;

/** A source of VIPs. */
final class SourceForm {

  private static final Schema REFUSED =
      Schema.object("A VIP that cannot be as it was stated.")
          .field("vip", Schema.text("What the source calls it."))
          .field("reason", Schema.text("Why."))
          .build();

  /** A source, and what is refused of it. */
  static final Schema SCHEMA =
      Schema.object("A source of VIPs.")
          .field("name", Schema.text("What it is called."))
          .field("type", Schema.text("The kind of source."))
          .field("stated", Schema.flag("Whether it has stated its VIPs yet."))
          .optional("sinceSeconds", Schema.number("How many seconds ago it last stated them."))
          .field("vips", Schema.whole("How many are decided on.", 0, Integer.MAX_VALUE))
          .field("refused", Schema.listOf("Those that cannot be as they were stated.", REFUSED))
          .field(
              "troubles",
              Schema.listOf("What it does that it should not.", Schema.text("A sentence.")))
          .build();

  private SourceForm() {}

  static Json of(String name, SourceStatus status, Moment now) {
    return Json.object()
        .put("name", name)
        .put("type", status.type())
        .put("stated", status.stated().isPresent())
        .put("sinceSeconds", status.stated(), at -> Moment.seconds(Math.max(0, now.nanos() - at)))
        .put("vips", status.vips())
        .put(
            "refused",
            Json.list(
                status.refused().entrySet().stream().sorted(Map.Entry.comparingByKey()).toList(),
                one ->
                    Json.object().put("vip", one.getKey()).put("reason", one.getValue()).build()))
        .put("troubles", Json.list(status.troubles(), Json::of))
        .build();
  }
}
