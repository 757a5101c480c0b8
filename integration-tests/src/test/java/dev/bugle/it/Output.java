package dev.bugle.it;

import java.util.List;

/** What a command left: its exit code and its two streams. */
record Output(List<String> command, int exitCode, String out, String err) {

  /** The standard output, if the command succeeded. */
  String succeeded() {
    if (exitCode != 0) {
      throw new IllegalStateException(
          "'%s' ended with code %d: %s"
              .formatted(String.join(" ", command), exitCode, (err + out).strip()));
    }
    return out;
  }
}
