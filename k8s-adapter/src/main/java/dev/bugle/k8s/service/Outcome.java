package dev.bugle.k8s.service;

import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.wire.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of one Service, looked at by itself.
 *
 * @param service which one
 * @param offers its VIPs
 * @param elections those that its VIPs take, beyond those of the configuration
 * @param checks likewise, the health checks
 * @param account what is to be told of it
 */
record Outcome(
    Service service,
    List<Offer> offers,
    Map<String, ElectorConfig> elections,
    Map<String, HealthCheckConfig> checks,
    Account account) {

  /** Copies the collections. */
  Outcome {
    offers = List.copyOf(offers);
    elections = Map.copyOf(elections);
    checks = Map.copyOf(checks);
  }

  /**
   * A VIP, and what its Service says of it.
   *
   * @param drain why it is taken out of service, if it is
   */
  record Offer(Vip vip, Eligibility eligibility, Optional<String> drain) {}

  /**
   * What is to be told to the author of the Service.
   *
   * @param addresses what the status is to have; empty: it is left as it is
   * @param condition what the status is to say
   * @param complaints what is wrong with it
   */
  record Account(
      Optional<List<IpAddress>> addresses, Condition condition, List<Complaint> complaints) {

    /** Copies the list. */
    Account {
      complaints = List.copyOf(complaints);
    }
  }
}
