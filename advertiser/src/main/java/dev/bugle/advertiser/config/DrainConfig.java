package dev.bugle.advertiser.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How VIPs are taken out of service.
 *
 * @param time how long those that do not say otherwise are announced as draining
 * @param maintenanceFile while it is there, every VIP is drained
 */
public record DrainConfig(Duration time, Optional<Path> maintenanceFile) {

  /** A second, and no file. */
  public static final DrainConfig DEFAULT =
      new DrainConfig(Duration.ofSeconds(1), Optional.empty());
}
