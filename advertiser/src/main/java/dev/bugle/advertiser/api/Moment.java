package dev.bugle.advertiser.api;

import dev.bugle.advertiser.admin.Schema;
import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The moment of which an answer is: on the advertiser's clock, and on the wall.
 *
 * @param nanos a reading of the {@link Ticker}
 * @param wall the same moment
 */
record Moment(long nanos, Instant wall) {

  private static final double NANOS = 1e9;
  private static final Schema AT =
      Schema.text("When it came to this, on the wall clock (RFC 3339).");
  private static final Schema AGO = Schema.number("How many seconds ago that was.");

  static Moment now() {
    return new Moment(Ticker.system().nanos(), Instant.now());
  }

  /** The fields that {@link #since} adds. */
  static Schema.Builder since(Schema.Builder schema) {
    return schema.field("since", AT).field("sinceSeconds", AGO);
  }

  /** Adds when something came to be what it is, a reading of the ticker. */
  Json.Builder since(Json.Builder json, long ticks) {
    long ago = Math.max(0, nanos - ticks);
    return json.put("since", text(wall.minusNanos(ago))).put("sinceSeconds", seconds(ago));
  }

  /** Adds when something came to be what it is, on the wall clock. */
  Json.Builder since(Json.Builder json, Instant at) {
    Duration ago = Duration.between(at, wall);
    return json.put("since", text(at))
        .put("sinceSeconds", seconds(ago.isNegative() ? 0 : ago.toNanos()));
  }

  /** How long it is until then, in seconds. */
  Json until(long ticks) {
    return seconds(Math.max(0, ticks - nanos));
  }

  /** As in answers: to the millisecond. */
  static String text(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  static Json seconds(long nanos) {
    return Json.of(Math.round(nanos / NANOS * 1000) / 1000.0);
  }

  static Json seconds(Duration duration) {
    return seconds(duration.toNanos());
  }
}
