package dev.bugle.advertiser;

import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.addresses.BoundAddress;
import dev.bugle.advertiser.health.Health;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.source.Standing;
import dev.bugle.advertiser.vip.Drain;
import java.time.Duration;
import java.util.Map;

/**
 * All that a decision is made of, at one moment.
 *
 * @param leadership what each elector knows
 * @param reach whether any peer can be told anything
 * @param patience how long each leadership is of use although no peer is up; those that are not
 *     named do not mind
 * @param health what each check knows
 * @param bindings what is known of each address that is wanted on an interface
 * @param drains what is taken out of service, by the name of the VIP
 * @param standings how the source of a VIP lets it stand, by the name of the VIP
 */
record Inputs(
    Map<String, Leadership> leadership,
    Reach reach,
    Map<String, Duration> patience,
    Map<String, Health> health,
    Map<BoundAddress, Binding> bindings,
    Map<String, Drain> drains,
    Map<String, Standing> standings) {

  /** Copies the maps. */
  Inputs {
    leadership = Map.copyOf(leadership);
    patience = Map.copyOf(patience);
    health = Map.copyOf(health);
    bindings = Map.copyOf(bindings);
    drains = Map.copyOf(drains);
    standings = Map.copyOf(standings);
  }

  /** Those of VIPs that come from no source. */
  Inputs(
      Map<String, Leadership> leadership,
      Reach reach,
      Map<String, Duration> patience,
      Map<String, Health> health,
      Map<BoundAddress, Binding> bindings,
      Map<String, Drain> drains) {
    this(leadership, reach, patience, health, bindings, drains, Map.of());
  }
}
