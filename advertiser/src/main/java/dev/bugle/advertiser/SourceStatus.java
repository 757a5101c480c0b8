package dev.bugle.advertiser;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a source of VIPs.
 *
 * @param type the kind of source
 * @param stated when it last stated its VIPs, a reading of the {@link
 *     dev.bugle.advertiser.time.Ticker}; empty while it has stated nothing yet
 * @param vips how many it has stated that are decided on
 * @param refused why others cannot be decided on, by the names that the source gave them
 * @param troubles what it does that it should not, a sentence each; usually empty
 */
public record SourceStatus(
    String type,
    Optional<Long> stated,
    int vips,
    Map<String, String> refused,
    List<String> troubles) {

  /** Copies the collections. */
  public SourceStatus {
    refused = Map.copyOf(refused);
    troubles = List.copyOf(troubles);
  }
}
