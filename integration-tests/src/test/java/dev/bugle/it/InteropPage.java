package dev.bugle.it;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of docs/interop.md, as a run's records give it. */
final class InteropPage {

  private static final String HEAD =
      """
      # Interoperability

      What Bugle does with real routers. This page is written by the tests of `integration-tests` and not by hand; a run of
      them all fails when it shows something else ([testing.md](testing.md)). "passed": every test that is named below passed
      against this daemon. "lacks it": the daemon does not have the feature, which a test has proved.

      """;

  private final List<Interop> records;

  InteropPage(List<Interop> records) {
    this.records = records;
  }

  /** Combinations of a feature and a router that nothing was shown of, as sentences. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (RouterKind router : RouterKind.values()) {
      if (version(router).isEmpty()) {
        missing.add("the version of " + router.title() + " was not recorded");
      }
      for (Feature feature : Feature.values()) {
        Interop.Outcome wanted =
            router.has(feature) ? Interop.Outcome.PASSED : Interop.Outcome.LACKS;
        if (of(wanted, router, feature).isEmpty()) {
          missing.add("no test has shown %s with %s".formatted(feature, router.title()));
        }
      }
    }
    return missing;
  }

  /** Why tests of features were not run on this host. */
  List<String> notRun() {
    return records.stream()
        .filter(entry -> entry.outcome() == Interop.Outcome.NOT_RUN)
        .map(Interop::text)
        .distinct()
        .toList();
  }

  String text() {
    StringBuilder text = new StringBuilder(HEAD);
    text.append(
        row(
            Stream.concat(
                Stream.of("feature", "RFC"),
                routers().map(router -> router.title() + " " + version(router)))));
    text.append("|---|---|").append("---|".repeat(RouterKind.values().length)).append('\n');
    for (Feature feature : Feature.values()) {
      text.append(
          row(
              Stream.concat(
                  Stream.of(feature.title(), feature.rfc()),
                  routers().map(router -> router.has(feature) ? "passed" : "lacks it"))));
    }
    text.append("\n## What the daemons lack\n\n");
    for (Feature feature : Feature.values()) {
      for (RouterKind router : RouterKind.values()) {
        of(Interop.Outcome.LACKS, router, feature).stream()
            .limit(1)
            .forEach(reason -> text.append("- %s: %s\n".formatted(feature.title(), reason)));
      }
    }
    text.append("\n## What shows a feature\n\n");
    for (Feature feature : Feature.values()) {
      String tests =
          routers()
              .flatMap(router -> of(Interop.Outcome.PASSED, router, feature).stream())
              .distinct()
              .sorted()
              .map(test -> "`" + test + "`")
              .collect(Collectors.joining(", "));
      text.append("- %s: %s\n".formatted(feature.title(), tests));
    }
    return text.toString();
  }

  private String version(RouterKind router) {
    return records.stream()
        .filter(entry -> entry.outcome() == Interop.Outcome.VERSION && entry.router() == router)
        .map(Interop::text)
        .findFirst()
        .orElse("");
  }

  private List<String> of(Interop.Outcome outcome, RouterKind router, Feature feature) {
    return records.stream()
        .filter(entry -> entry.outcome() == outcome && entry.router() == router)
        .filter(entry -> entry.feature().equals(feature.name()))
        .map(Interop::text)
        .toList();
  }

  private static Stream<RouterKind> routers() {
    return Arrays.stream(RouterKind.values());
  }

  private static String row(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
