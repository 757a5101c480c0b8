package dev.bugle.advertiser;

import dev.bugle.bgp.PeerConfig;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What differs between two configurations of one peer, by the keys of the file, for people. */
final class PeerDifference {

  private PeerDifference() {}

  /** The keys, or kinds of keys; empty when nothing differs. */
  static String between(PeerConfig before, PeerConfig after) {
    return Stream.of(
            differs("remote-as", before.remoteAs(), after.remoteAs()),
            differs("local-as", before.localAs(), after.localAs()),
            differs("the connection", before.transport(), after.transport()),
            differs("what is offered", before.session(), after.session()),
            differs("next-hop", before.export().nextHops(), after.export().nextHops()),
            differs("export-policy", before.export().policy(), after.export().policy()),
            differs(
                "minimum-advertisement-interval",
                before.export().minimumRouteAdvertisementInterval(),
                after.export().minimumRouteAdvertisementInterval()),
            differs("description", before.description(), after.description()))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> differs(String name, Object before, Object after) {
    return Objects.equals(before, after) ? Optional.empty() : Optional.of(name);
  }

  /** All that is to be said of a change in one line. */
  static String joined(List<String> details) {
    return details.stream().filter(one -> !one.isEmpty()).collect(Collectors.joining("; "));
  }
}
