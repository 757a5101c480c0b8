package dev.bugle.benchmarks.bfd;

import java.util.ArrayList;
import java.util.List;

/** A network namespace that somebody else makes and removes. */
record Namespace(String name) {

  /** A command that does the same within the namespace, in the same process. */
  List<String> inside(List<String> command) {
    List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
    inside.addAll(command);
    return inside;
  }
}
