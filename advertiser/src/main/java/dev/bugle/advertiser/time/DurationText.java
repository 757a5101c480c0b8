package dev.bugle.advertiser.time;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as they are typed: a whole number and one of {@code ms}, {@code s}, {@code m}, {@code
 * h}.
 */
public final class DurationText {

  private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,8})(ms|s|m|h)");

  private DurationText() {}

  /**
   * Parses {@code 500ms}, {@code 9s}, {@code 5m} or {@code 1h}.
   *
   * @throws IllegalArgumentException saying what was found and what would do
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "found "
              + "'"
              + text
              + "'"
              + "; expected a duration: a whole number and ms, s, m or h, such as 500ms or 9s");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  /** Prints in the largest unit that gives a whole number; less than a millisecond is cut off. */
  public static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0 || millis == 0) {
      return millis + "ms";
    }
    if (millis % 60_000 != 0) {
      return millis / 1000 + "s";
    }
    return millis % 3_600_000 != 0 ? millis / 60_000 + "m" : millis / 3_600_000 + "h";
  }
}
