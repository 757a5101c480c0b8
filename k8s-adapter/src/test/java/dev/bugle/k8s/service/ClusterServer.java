package dev.bugle.k8s.service;

import com.sun.net.httpserver.HttpExchange;
import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.Json.Fields;
import dev.bugle.advertiser.json.JsonText;
import dev.bugle.k8s.apiserver.ApiServer;
import dev.bugle.k8s.apiserver.ResourceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cluster as the tests of the source of Services see it: an {@link ApiServer}, what happens to
 * its Services and slices, and faults at will.
 */
final class ClusterServer implements AutoCloseable {

  static final String SERVICES = "/api/v1/services";
  static final String SLICES = "/apis/discovery.k8s.io/v1/endpointslices";

  /** What is done with a request instead of answering it. */
  interface Fault {
    /** Answers by itself and returns true, or returns false to have it answered. */
    boolean befalls(HttpExchange exchange) throws IOException;
  }

  /** A request that came. */
  record Seen(String method, String path, String query, String authorization) {
    boolean isWatch() {
      return query.contains("watch=true");
    }

    boolean isList(String what) {
      return method.equals("GET") && path.equals(what) && !isWatch();
    }
  }

  final List<Seen> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ApiServer api = ApiServer.open();
  private volatile Fault fault = exchange -> false;
  private volatile String token = "first-token";

  private ClusterServer() {
    api.admit(token);
    api.intercept(this::befalls);
  }

  static ClusterServer open() {
    return new ClusterServer();
  }

  private boolean befalls(HttpExchange exchange) throws IOException {
    requests.add(
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            String.valueOf(exchange.getRequestURI().getRawQuery()),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
    return fault.befalls(exchange);
  }

  /** Writes a kubeconfig for it. */
  Path kubeconfig(Path file, String itsToken) {
    return ApiServer.kubeconfig(file, api.uri(), "kube-system", itsToken);
  }

  int port() {
    return api.uri().getPort();
  }

  void fault(Fault next) {
    fault = next;
  }

  void noFault() {
    fault = exchange -> false;
  }

  /** Which token it takes from now on. */
  void token(String next) {
    api.expire(token);
    api.admit(next);
    token = next;
  }

  static Fault status(int code, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      byte[] answer =
          "{\"kind\":\"Status\",\"message\":\"as the test wants\"}"
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(code, answer.length);
      exchange.getResponseBody().write(answer);
      return true;
    };
  }

  /** Takes the request and never answers. */
  boolean blackHole(HttpExchange exchange) {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  // What happens in the cluster.

  void service(ServiceJson service) {
    api.put(JsonText.write(service.json()));
  }

  void slice(Fields slice) {
    api.put(JsonText.write(slice));
  }

  /** A Lease that its former holder has given back, so that it can be had at once. */
  void releasedLease(String name) {
    api.put(
        """
        {"apiVersion":"coordination.k8s.io/v1","kind":"Lease",
         "metadata":{"name":"%s","namespace":"kube-system"},
         "spec":{"holderIdentity":"","leaseDurationSeconds":1,"leaseTransitions":6,
          "acquireTime":"2026-11-25T09:00:00.000000Z","renewTime":"2026-11-25T09:00:00.000000Z"}}\
        """
            .formatted(name));
  }

  /** A node, with a label of that name if it has one. */
  void node(String name, String... labels) {
    Json.Builder all = Json.object();
    for (String label : labels) {
      all.put(label, "");
    }
    api.put(
        JsonText.write(
            Json.object()
                .put("kind", "Node")
                .put("apiVersion", "v1")
                .put("metadata", Json.object().put("name", name).put("labels", all.build()).build())
                .build()));
  }

  void deleteNode(String name) {
    api.delete(ResourceKind.NODE, "", name);
  }

  void delete(String path, ObjectKey key) {
    if (api.find(kind(path), key.namespace(), key.name()).isEmpty()) {
      throw new IllegalArgumentException("no " + key);
    }
    api.delete(kind(path), key.namespace(), key.name());
  }

  private static ResourceKind kind(String path) {
    return path.equals(SERVICES) ? ResourceKind.SERVICE : ResourceKind.ENDPOINT_SLICE;
  }

  /** All watches hear which version it is. */
  void bookmark() {
    api.bookmark();
  }

  /** No version before this one is known any more. */
  void compact() {
    api.compact();
  }

  /** Ends the connections of all watches there are. */
  void cut() {
    api.dropWatches();
  }

  /** The watches there are say nothing any more, and do not end. */
  void freeze() {
    api.freezeWatches();
  }

  Fields object(String path, ObjectKey key) {
    return api.find(kind(path), key.namespace(), key.name())
        .map(ClusterServer::fields)
        .orElse(new Fields(Map.of()));
  }

  private static Fields fields(ObjectNode object) {
    return ServiceJson.parse(object.toString());
  }

  /** In the order in which they were made. */
  List<Fields> events() {
    return api.all(ResourceKind.EVENT).stream()
        .sorted(
            Comparator.comparingLong(
                event -> event.path("metadata").path("resourceVersion").asLong(0)))
        .map(ClusterServer::fields)
        .toList();
  }

  List<String> ingress(ObjectKey service) {
    return object(SERVICES, service)
        .find("status")
        .flatMap(status -> status.find("loadBalancer"))
        .flatMap(balancer -> balancer.find("ingress"))
        .map(Json::items)
        .orElse(List.of())
        .stream()
        .map(item -> item.find("ip").flatMap(Json::text).orElse(""))
        .toList();
  }

  /** How many watches there have been, of Services or of slices. */
  long watches(String path) {
    return api.watches(kind(path));
  }

  long count(Predicate<Seen> which) {
    return requests.stream().filter(which).count();
  }

  /** A line of a watch. */
  static String line(String type, Json object) {
    return JsonText.write(Json.object().put("type", type).put("object", object).build()) + "\n";
  }

  @Override
  public void close() {
    closing.countDown();
    api.close();
  }
}
