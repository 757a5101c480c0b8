package dev.bugle.k8s.service;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Objects that are listed and watched.
 *
 * @param title for messages
 * @param path of all of them
 * @param labels the label selector that they match; empty: all do
 * @param name of the only one; empty: all of them
 */
record Resource(String title, String path, Optional<String> labels, Optional<String> name) {

  private static final int PART = 500;

  static Resource services(Optional<String> labels) {
    return new Resource("services", "/api/v1/services", labels, Optional.empty());
  }

  /** Those of Services that have an address of the cluster: others cannot be of the type. */
  static Resource endpointSlices() {
    return new Resource(
        "endpointslices",
        "/apis/discovery.k8s.io/v1/endpointslices",
        Optional.of("kubernetes.io/service-name,!service.kubernetes.io/headless"),
        Optional.empty());
  }

  /** One Node. */
  static Resource node(String name) {
    return new Resource("nodes", "/api/v1/nodes", Optional.empty(), Optional.of(name));
  }

  /** Asks for a part of all of them, and for what follows a part. */
  String list(String next) {
    return path
        + "?limit="
        + PART
        + selector()
        + (next.isEmpty() ? "" : "&continue=" + encoded(next));
  }

  /** Asks for what changes from that version on. */
  String watch(String version, long seconds) {
    return path
        + "?watch=true&allowWatchBookmarks=true&resourceVersion="
        + encoded(version)
        + "&timeoutSeconds="
        + seconds
        + selector();
  }

  private String selector() {
    return labels.map(text -> "&labelSelector=" + encoded(text)).orElse("")
        + name.map(text -> "&fieldSelector=" + encoded("metadata.name=" + text)).orElse("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
