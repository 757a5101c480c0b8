package dev.bugle.advertiser.api;

import dev.bugle.advertiser.admin.AdminContent;
import java.util.Optional;

/**
 * What the program has beside the advertiser.
 *
 * @param metrics what {@code /metrics} says; without, nothing
 * @param reload reads the configuration again; without, that cannot be commanded
 */
public record Extras(Optional<AdminContent.Metrics> metrics, Optional<Reload> reload) {

  /** Nothing. */
  public static final Extras NONE = new Extras(Optional.empty(), Optional.empty());
}
