package dev.bugle.k8s.service;

import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.k8s.lease.LeaseConfig;
import dev.bugle.k8s.lease.LeaseName;
import java.util.Map;
import java.util.Optional;

/**
 * Who may announce a Service: the leadership that its VIPs take, and the election for it if it is
 * not one of the configuration.
 *
 * @param leadership its name, as a VIP has it
 * @param elections none, or the one
 */
record Seat(String leadership, Map<String, ElectorConfig> elections) {

  private static final String GROUP = "group/";
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  /**
   * By the text of the annotation: {@code none} or {@code always}, {@code service}, {@code
   * group/NAME}, or the name of a leadership of the configuration.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  static Seat of(String text, ObjectKey service, ServicesConfig config) {
    if (text.equals("none") || text.equals(Vip.ALWAYS)) {
      return new Seat(Vip.ALWAYS, Map.of());
    }
    if (text.equals("service")) {
      // Neither part can have a dot, so no two Services have one Lease.
      return elected(
          "service/" + service,
          "bugle.service." + service.namespace() + "." + service.name(),
          config);
    }
    if (text.startsWith(GROUP)) {
      String group = text.substring(GROUP.length());
      if (!group.matches(LABEL)) {
        throw new IllegalArgumentException(
            "found '"
                + shortened(group)
                + "' as the name of a group; expected at most 63 lower-case letters, digits and"
                + " dashes");
      }
      return elected(text, "bugle.group." + group, config);
    }
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      throw new IllegalArgumentException(
          "found '"
              + shortened(text)
              + "'; expected none, service, group/NAME, or the name of a leadership of the"
              + " configuration");
    }
    return new Seat(text, Map.of());
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }

  private static Seat elected(String name, String lease, ServicesConfig config) {
    LeaseConfig election =
        new LeaseConfig(
            new LeaseName(config.leases().namespace(), lease),
            Optional.empty(),
            config.leases().terms(),
            config.kubeconfig(),
            Handover.WITHDRAW_FIRST);
    return new Seat(name, Map.of(name, election));
  }
}
