package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.json.Json;
import java.time.Duration;

/** How long something is, in the two largest units: {@code 3m12s}. */
final class Span {

  private static final double MILLIS = 1000;

  private Span() {}

  /** Since when something is what it is, as answers tell it: {@code 3m12s ago}. */
  static String ago(Json json) {
    return text(json, "sinceSeconds") + " ago";
  }

  /** A field with seconds. */
  static String text(Json json, String field) {
    return json.find(field).map(Span::duration).map(Span::text).orElse("");
  }

  /** A field with seconds; none if it is not there. */
  static Duration duration(Json json, String field) {
    return json.find(field).map(Span::duration).orElse(Duration.ZERO);
  }

  private static Duration duration(Json seconds) {
    double value =
        seconds instanceof Json.Decimal decimal
            ? decimal.value()
            : seconds.whole().orElse(0L).doubleValue();
    return Duration.ofMillis(Math.round(value * MILLIS));
  }

  static String text(Duration duration) {
    long days = duration.toDays();
    if (days > 0) {
      return days + "d" + duration.toHoursPart() + "h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + "h" + duration.toMinutesPart() + "m";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + "m" + duration.toSecondsPart() + "s";
    }
    if (duration.toSeconds() > 0 && duration.toMillisPart() == 0) {
      return duration.toSeconds() + "s";
    }
    return duration.toSeconds() < 10
        ? duration.toSeconds() + "." + duration.toMillisPart() / 100 + "s"
        : duration.toSeconds() + "s";
  }
}
