package dev.bugle.advertiser.config;

import dev.bugle.advertiser.health.HealthCheckConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What an advertiser has to do with the host that it runs on.
 *
 * @param health the checks by name
 * @param maintenanceFile while it is there, every VIP is drained
 * @param addressLedger the file in which it keeps which addresses are its own; used only where a
 *     VIP is bound to an interface
 * @param admin where it can be watched and steered; empty: where it usually is, if that is free
 */
public record HostConfig(
    Map<String, HealthCheckConfig> health,
    Optional<Path> maintenanceFile,
    Path addressLedger,
    Optional<AdminConfig> admin) {

  /** No checks, no maintenance file, and no admin server. */
  public static final HostConfig NONE =
      new HostConfig(
          Map.of(), Optional.empty(), AddressKeys.DEFAULT_LEDGER, Optional.of(AdminConfig.OFF));

  /** Copies the map. */
  public HostConfig {
    health = Map.copyOf(health);
  }
}
