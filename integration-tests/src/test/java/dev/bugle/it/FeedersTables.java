package dev.bugle.it;

import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each feeder announces at the moment, and how that came about. */
final class FeedersTables {

  private final Map<ComparedPeer, Map<Prefix, PathAttributes>> announced = new LinkedHashMap<>();
  private final Map<Nlri, List<String>> history = new HashMap<>();
  private int step;

  FeedersTables(Topology topology) {
    topology.feeders().forEach(feeder -> announced.put(feeder, new HashMap<>()));
  }

  /** Another step begins; returns its number. */
  int nextStep() {
    return ++step;
  }

  private Map<Prefix, PathAttributes> of(ComparedPeer feeder) {
    return announced.getOrDefault(feeder, Map.of());
  }

  /** What it announces, in the same order each time. */
  List<Prefix> prefixes(ComparedPeer feeder) {
    return of(feeder).keySet().stream().sorted(Comparator.comparing(Prefix::toString)).toList();
  }

  void announce(ComparedPeer feeder, Prefix prefix, PathAttributes attributes) {
    of(feeder).put(prefix, attributes);
    note(prefix, feeder + " announces " + attributes);
  }

  void withdraw(ComparedPeer feeder, Prefix prefix) {
    of(feeder).remove(prefix);
    note(prefix, feeder + " withdraws");
  }

  /** Its session is gone, and with it all that it announced. */
  void clear(ComparedPeer feeder) {
    prefixes(feeder).forEach(prefix -> note(prefix, feeder + " is gone"));
    of(feeder).clear();
  }

  private void note(Nlri prefix, String what) {
    history.computeIfAbsent(prefix, first -> new ArrayList<>()).add("step " + step + ": " + what);
  }

  /** What has happened to a prefix, a line for each event. */
  List<String> history(Nlri prefix) {
    return history.getOrDefault(prefix, List.of());
  }
}
