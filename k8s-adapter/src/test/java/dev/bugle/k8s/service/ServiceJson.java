package dev.bugle.k8s.service;

import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.JsonText;
import dev.bugle.advertiser.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Service as the API server writes it, with much in it that is of no interest. */
final class ServiceJson {

  private final String namespace;
  private final String name;
  private final Map<String, Json> annotations = new LinkedHashMap<>();
  private final Map<String, Json> spec = new LinkedHashMap<>();
  private final List<Json> ingress = new ArrayList<>();
  private String created = "2026-11-25T10:00:00Z";
  private String uid;

  private ServiceJson(String namespace, String name) {
    this.namespace = namespace;
    this.name = name;
    this.uid = "uid-" + name;
    spec.put("type", Json.of("LoadBalancer"));
    spec.put("loadBalancerClass", Json.of(ServicesConfig.DEFAULT_CLASS));
    spec.put("externalTrafficPolicy", Json.of("Cluster"));
    spec.put("selector", Json.object().put("app", name).build());
    spec.put("ports", Json.list(List.of(Json.object().put("port", 80).build())));
    annotations.put("kubectl.kubernetes.io/last-applied-configuration", Json.of("{\"a\":[1,{}]}"));
  }

  static ServiceJson of(String name) {
    return of("default", name);
  }

  static ServiceJson of(String namespace, String name) {
    return new ServiceJson(namespace, name);
  }

  ServiceJson annotation(String key, String value) {
    annotations.put("bugle.dev/" + key, Json.of(value));
    return this;
  }

  ServiceJson spec(String key, String value) {
    spec.put(key, Json.of(value));
    return this;
  }

  ServiceJson without(String key) {
    spec.remove(key);
    return this;
  }

  ServiceJson local() {
    return spec("externalTrafficPolicy", "Local");
  }

  ServiceJson ip(String address) {
    ingress.add(Json.object().put("ip", address).put("ipMode", "VIP").build());
    return this;
  }

  ServiceJson created(String time) {
    created = time;
    return this;
  }

  ServiceJson uid(String text) {
    uid = text;
    return this;
  }

  Json.Fields json() {
    return Json.object()
        .put("kind", "Service")
        .put("apiVersion", "v1")
        .put(
            "metadata",
            Json.object()
                .put("name", name)
                .put("namespace", namespace)
                .put("uid", uid)
                .put("creationTimestamp", created)
                .put("annotations", new Json.Fields(annotations))
                .put("managedFields", Json.list(List.of(Json.object().put("f", "x").build())))
                .build())
        .put("spec", new Json.Fields(spec))
        .put(
            "status",
            Json.object()
                .put("loadBalancer", Json.object().put("ingress", Json.list(ingress)).build())
                .build())
        .build();
  }

  /** A slice of a Service, with endpoints such as {@code n1:ready} and {@code n2:leaving}. */
  static Json.Fields slice(String name, String service, String type, String... endpoints) {
    return slice(new ObjectKey("default", name), service, type, endpoints);
  }

  static Json.Fields slice(ObjectKey key, String service, String type, String... endpoints) {
    List<Json> items = new ArrayList<>();
    for (String endpoint : endpoints) {
      int colon = endpoint.indexOf(':');
      items.add(endpoint(endpoint.substring(0, colon), endpoint.substring(colon + 1)));
    }
    return Json.object()
        .put("kind", "EndpointSlice")
        .put("apiVersion", "discovery.k8s.io/v1")
        .put(
            "metadata",
            Json.object()
                .put("name", key.name())
                .put("namespace", key.namespace())
                .put("uid", "uid-" + key.name())
                .put(
                    "labels",
                    Json.object()
                        .put("kubernetes.io/service-name", service)
                        .put("app", "x")
                        .build())
                .build())
        .put("addressType", type)
        .put("endpoints", Json.list(items))
        .put("ports", Json.list(List.of(Json.object().put("port", 8080).build())))
        .build();
  }

  private static Json endpoint(String node, String state) {
    Json.Builder conditions = Json.object();
    switch (state) {
      case "ready" -> conditions.put("ready", true).put("serving", true).put("terminating", false);
      case "leaving" ->
          conditions.put("ready", false).put("serving", true).put("terminating", true);
      case "gone" -> conditions.put("ready", false).put("serving", false).put("terminating", true);
      case "starting" ->
          conditions.put("ready", false).put("serving", false).put("terminating", false);
      case "old" -> conditions.put("ready", Json.Nothing.NULL); // as of a server of old
      default -> throw new IllegalArgumentException(state);
    }
    Json.Builder endpoint =
        Json.object()
            .put("addresses", Json.list(List.of(Json.of("10.0.0.1"))))
            .put("conditions", conditions.build())
            .put("targetRef", Json.object().put("kind", "Pod").put("name", "p").build());
    return node.isEmpty() ? endpoint.build() : endpoint.put("nodeName", node).build();
  }

  static Json.Fields parse(String text) {
    try {
      return (Json.Fields) JsonText.read(text);
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
