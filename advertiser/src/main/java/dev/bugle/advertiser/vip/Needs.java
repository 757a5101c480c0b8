package dev.bugle.advertiser.vip;

import java.util.List;
import java.util.Optional;

/**
 * What must hold for a VIP to be announced.
 *
 * @param leadership the name of an elector, or {@link Vip#ALWAYS}
 * @param health the names of the checks that must be up, all of them; may be empty
 * @param whenUnhealthy how it is announced for a while when a check is down; empty: not at all
 * @param boundTo the interface that has the address while the VIP is announced; empty: that is not
 *     this program's business
 */
public record Needs(
    String leadership,
    List<String> health,
    Optional<Degradation> whenUnhealthy,
    Optional<String> boundTo) {

  /** Copies the list. */
  public Needs {
    health = List.copyOf(health);
  }

  /** Only that leadership. */
  public static Needs leadership(String name) {
    return new Needs(name, List.of(), Optional.empty(), Optional.empty());
  }
}
