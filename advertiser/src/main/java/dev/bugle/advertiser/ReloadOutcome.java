package dev.bugle.advertiser;

import dev.bugle.advertiser.config.yaml.Fault;
import java.util.ArrayList;
import java.util.List;

/** What has come of the wish to reload. */
public sealed interface ReloadOutcome {

  /** In words, a line each. */
  List<String> lines();

  /**
   * It holds now, except for what failed.
   *
   * @param report what has changed
   */
  record Applied(ReloadReport report) implements ReloadOutcome {
    @Override
    public List<String> lines() {
      if (report.changes().isEmpty() && report.failures().isEmpty()) {
        return List.of("nothing differs");
      }
      List<String> lines = new ArrayList<>();
      report.changes().forEach(change -> lines.add(change.toString()));
      report.failures().forEach(failure -> lines.add("failed: " + failure));
      return List.copyOf(lines);
    }
  }

  /**
   * The file is not valid, and nothing was changed.
   *
   * @param faults all of them, by line
   */
  record Faulty(List<Fault> faults) implements ReloadOutcome {
    /** Copies the list. */
    public Faulty {
      faults = List.copyOf(faults);
    }

    @Override
    public List<String> lines() {
      return faults.stream().map(Fault::toString).toList();
    }
  }

  /**
   * The file is valid, but cannot take the place of what runs; nothing was changed.
   *
   * @param reasons all of them, with what to do
   */
  record Refused(List<String> reasons) implements ReloadOutcome {
    /** Copies the list. */
    public Refused {
      reasons = List.copyOf(reasons);
    }

    @Override
    public List<String> lines() {
      return reasons;
    }
  }

  /**
   * The program stops, or has an error of its own; {@link Advertiser#status} says what holds.
   *
   * @param cause in words
   */
  record Failed(String cause) implements ReloadOutcome {
    @Override
    public List<String> lines() {
      return List.of(cause);
    }
  }
}
