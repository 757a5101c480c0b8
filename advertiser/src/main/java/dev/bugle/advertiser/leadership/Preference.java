package dev.bugle.advertiser.leadership;

import java.time.Duration;
import java.util.Optional;

/**
 * Which of the candidates is to lead if it can, and whether another hands over to it.
 *
 * @param preferred whether this is the preferred one
 * @param failBack how long the preferred one must have been standing without interruption before
 *     this one hands over to it; empty means never. The preferred one itself never hands over.
 */
public record Preference(boolean preferred, Optional<Duration> failBack) {

  /** Not preferred, and never hands over. */
  public static final Preference NONE = new Preference(false, Optional.empty());

  /** The preferred one. */
  public static final Preference PREFERRED = new Preference(true, Optional.empty());

  /** Checks that time does not go back. */
  public Preference {
    failBack
        .filter(Duration::isNegative)
        .ifPresent(
            negative -> {
              throw new IllegalArgumentException("a fail-back after " + negative + " is negative");
            });
  }

  /** Not preferred, and hands over after the preferred one has been standing for that long. */
  public static Preference failingBackAfter(Duration holdOff) {
    return new Preference(false, Optional.of(holdOff));
  }
}
