package dev.bugle.k8s.manifest;

import java.util.regex.Pattern;

/**
 * What all objects have in common.
 *
 * @param name that of the DaemonSet, its ServiceAccount and the rest
 * @param namespace where they are
 * @param image what the pods run
 */
record Installation(String name, String namespace, String image) {

  private static final Pattern LABEL = Pattern.compile("[a-z]([a-z0-9-]{0,51}[a-z0-9])?");
  private static final Pattern IMAGE =
      Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._/:-]{0,254}(@sha256:[0-9a-f]{64})?");

  /** Checks the form of all of them. */
  Installation {
    require(LABEL, "name", name, "lower-case letters, digits and dashes, at most 53");
    require(LABEL, "namespace", namespace, "lower-case letters, digits and dashes, at most 53");
    require(IMAGE, "image", image, "an image such as registry.example/bugle:0.1.0");
  }

  private static void require(Pattern form, String what, String found, String expected) {
    if (!form.matcher(found).matches()) {
      throw new IllegalArgumentException(
          "--" + what + ": found '" + found + "'; expected " + expected);
    }
  }

  YamlMap metadata() {
    return new YamlMap().put("name", name).put("namespace", namespace).put("labels", labels());
  }

  /** Of an object outside of namespaces. */
  YamlMap clusterMetadata() {
    return new YamlMap().put("name", name).put("labels", labels());
  }

  YamlMap labels() {
    return selector().put("app.kubernetes.io/part-of", "bugle");
  }

  /** What tells the pods of this one from others. */
  YamlMap selector() {
    return new YamlMap()
        .put("app.kubernetes.io/name", "bugle")
        .put("app.kubernetes.io/instance", name);
  }
}
