package dev.bugle.advertiser;

import dev.bugle.advertiser.ReloadReport.Change;
import dev.bugle.advertiser.ReloadReport.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Gathers what a reload does. One thread at a time. */
final class Changes {

  private final List<Change> changes = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  void add(String section, Object what, Kind kind, String detail) {
    changes.add(new Change(section, what.toString(), kind, detail));
  }

  /** What is left as it was, or otherwise not as it was to be, and why. */
  void failed(Object what, RuntimeException cause) {
    failures.add(what + ": " + cause.getMessage());
  }

  void failed(String text) {
    failures.add(text);
  }

  /** The differences of two sections, by the names in them. */
  <T> void compare(
      String section,
      Map<String, T> before,
      Map<String, T> after,
      BiFunction<T, T, String> detail) {
    for (String name : new TreeSet<>(before.keySet())) {
      T old = before.get(name);
      T now = after.get(name);
      if (old != null && now == null) {
        add(section, name, Kind.REMOVED, "");
      } else if (old != null && now != null && !old.equals(now)) {
        add(section, name, Kind.CHANGED, detail.apply(old, now));
      }
    }
    new TreeSet<>(after.keySet())
        .stream()
            .filter(name -> !before.containsKey(name))
            .forEach(name -> add(section, name, Kind.ADDED, ""));
  }

  ReloadReport report() {
    return new ReloadReport(changes, failures);
  }
}
