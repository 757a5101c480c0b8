package dev.bugle.advertiser;

import java.util.List;
import java.util.Locale;

/**
 * What a reload has come to.
 *
 * @param changes what is otherwise now, by the sections of the file; empty when nothing differed
 * @param failures what could not be applied although everything was tried before, and how it is
 *     left; usually empty
 */
public record ReloadReport(List<Change> changes, List<String> failures) {

  /** Copies the lists. */
  public ReloadReport {
    changes = List.copyOf(changes);
    failures = List.copyOf(failures);
  }

  /** What has become of something. */
  public enum Kind {
    /** It was not there. */
    ADDED,
    /** It is there no more. */
    REMOVED,
    /** It is there otherwise. */
    CHANGED;

    /** As in the file's notation. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One difference.
   *
   * @param section of the file, such as {@code peers}
   * @param what in words, such as {@code 192.0.2.254 (top-of-rack)}
   * @param kind what has become of it
   * @param detail what differs, and what that does to what runs; may be empty
   */
  public record Change(String section, String what, Kind kind, String detail) {

    /** Like {@code peers: 192.0.2.254 changed: export; the session stays}. */
    @Override
    public String toString() {
      return section + ": " + what + " " + kind + (detail.isEmpty() ? "" : ": " + detail);
    }
  }

  /** Whether all of the new configuration holds. */
  public boolean isComplete() {
    return failures.isEmpty();
  }
}
