package dev.bugle.k8s.manifest;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** On which nodes, and with what. */
final class PlacementOptions {

  @Option(
      names = "--node-selector",
      paramLabel = "LABEL=VALUE",
      description = "Only on nodes with that label. Can be repeated.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--secret",
      paramLabel = "NAME=DIRECTORY",
      description = "Mounts a Secret there, with keys for peers for instance. Can be repeated.")
  private Map<String, Path> secrets = new LinkedHashMap<>();

  @Option(
      names = "--priority-class",
      paramLabel = "NAME",
      defaultValue = "system-node-critical",
      description = "${DEFAULT-VALUE} if left out.")
  private String priorityClass = "";

  /** For picocli. */
  PlacementOptions() {}

  Placement placement(boolean controlPlane) {
    SortedMap<String, String> selector = new TreeMap<>(labels);
    if (controlPlane) {
      selector.put(Placement.CONTROL_PLANE, "");
    }
    return new Placement(selector, new TreeMap<>(secrets), priorityClass);
  }
}
