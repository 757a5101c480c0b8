package dev.bugle.k8s.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the pods of a DaemonSet run, and what is given to all of them.
 *
 * @param nodeSelector the labels that a node must have; none: every node
 * @param secrets which Secrets are mounted, and where
 */
record Placement(
    SortedMap<String, String> nodeSelector, SortedMap<String, Path> secrets, String priorityClass) {

  static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

  /** Nodes of all kinds, and no Secrets. */
  static final Placement EVERYWHERE =
      new Placement(new TreeMap<>(), new TreeMap<>(), "system-node-critical");

  /** Copies the maps. */
  Placement {
    nodeSelector = new TreeMap<>(nodeSelector);
    secrets = new TreeMap<>(secrets);
  }

  void putInto(YamlMap spec) {
    if (!nodeSelector.isEmpty()) {
      YamlMap labels = new YamlMap();
      for (Map.Entry<String, String> label : nodeSelector.entrySet()) {
        labels.put(label.getKey(), label.getValue());
      }
      spec.put("nodeSelector", labels);
    }
    spec.comment("A node that is about to lose its pods still has the VIPs to hand over.")
        .items("tolerations", List.of(new YamlMap().put("operator", "Exists")));
  }
}
