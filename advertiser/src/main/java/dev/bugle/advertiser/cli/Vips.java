package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.client.AdminClient;
import dev.bugle.advertiser.json.Json;
import java.util.Optional;

/** How commands name VIPs. */
final class Vips {

  private Vips() {}

  /** {@code VIP 203.0.113.10/32}, or {@code VIP api (203.0.113.10/32)}. */
  static String called(Json vip) {
    String prefix = Plain.text(vip, "prefix");
    String name = Plain.text(vip, "name");
    return "VIP " + (name.equals(prefix) ? prefix : name + " (" + prefix + ")");
  }

  /** Where those that are called so are drained; without a name all. */
  static String drainPath(Optional<String> vip) {
    return vip.map(one -> "/v1/vips/" + AdminClient.segment(one) + "/drain").orElse("/v1/drain");
  }
}
