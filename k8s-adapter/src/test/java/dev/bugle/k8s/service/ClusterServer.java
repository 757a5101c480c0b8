package dev.bugle.k8s.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.Json.Fields;
import dev.bugle.advertiser.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The part of an API server that the source of Services needs, on loopback: chunked lists, watches
 * with bookmarks from any version that is still known, the status of Services by a strategic merge
 * patch, Events, Leases; and faults at will.
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
  record Seen(String method, String path, String query, String authorization, String body) {
    boolean isWatch() {
      return query.contains("watch=true");
    }

    boolean isList(String what) {
      return method.equals("GET") && path.equals(what) && !isWatch();
    }
  }

  private record Change(long version, String kind, String type, Fields object) {}

  final List<Seen> requests = new CopyOnWriteArrayList<>();
  final List<Fields> events = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final HttpServer server;
  private final Map<String, Map<ObjectKey, Fields>> objects = new HashMap<>();

  /** The text of each object, so that what is measured is not how fast it is written. */
  private final IdentityHashMap<Fields, String> texts = new IdentityHashMap<>();

  private final Map<String, Fields> leases = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private volatile Fault fault = exchange -> false;
  private volatile String token = "first-token";
  private long version = 1000;
  private long oldest = 1000;
  private int cuts;
  private int freezes;

  private ClusterServer(HttpServer server) {
    this.server = server;
    objects.put(SERVICES, new TreeMap<>());
    objects.put(SLICES, new TreeMap<>());
  }

  static ClusterServer open() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ClusterServer server = new ClusterServer(http);
    http.createContext("/", server::handle);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** Writes a kubeconfig for it. */
  Path kubeconfig(Path file, String itsToken) throws IOException {
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: u, user: {token: "%s"}}]
        contexts: [{name: x, context: {cluster: c, user: u, namespace: kube-system}}]
        current-context: x
        """
            .formatted(server.getAddress().getPort(), itsToken));
  }

  void fault(Fault next) {
    fault = next;
  }

  void noFault() {
    fault = exchange -> false;
  }

  /** Which token it takes from now on. */
  void token(String next) {
    token = next;
  }

  static Fault status(int code, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      answer(exchange, code, "{\"kind\":\"Status\",\"message\":\"as the test wants\"}");
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
    exchange.close();
    return true;
  }

  // What happens in the cluster.

  synchronized void service(ServiceJson service) {
    put(SERVICES, service.json());
  }

  synchronized void slice(Fields slice) {
    put(SLICES, slice);
  }

  private void put(String kind, Fields object) {
    Fields stored = with(object, "metadata", "resourceVersion", Json.of(String.valueOf(++version)));
    Fields before = objects.get(kind).put(key(object), stored);
    texts.remove(before);
    texts.put(stored, JsonText.write(stored));
    changed(kind, before == null ? "ADDED" : "MODIFIED", stored);
  }

  synchronized void delete(String kind, ObjectKey key) {
    Fields gone = objects.get(kind).remove(key);
    texts.remove(gone);
    if (gone == null) {
      throw new IllegalArgumentException("no " + key);
    }
    changed(
        kind,
        "DELETED",
        with(gone, "metadata", "resourceVersion", Json.of(String.valueOf(++version))));
  }

  private void changed(String kind, String type, Fields object) {
    changes.add(new Change(version, kind, type, object));
    notifyAll();
  }

  /** All watches hear which version it is. */
  synchronized void bookmark(String kind) {
    Fields object =
        Json.object()
            .put("kind", "Any")
            .put("metadata", Json.object().put("resourceVersion", String.valueOf(version)).build())
            .build();
    changes.add(new Change(version, kind, "BOOKMARK", object));
    notifyAll();
  }

  /** No version before this one is known any more. */
  synchronized void compact() {
    changes.clear();
    oldest = version;
  }

  /** Ends the connections of all watches there are. */
  synchronized void cut() {
    cuts++;
    notifyAll();
  }

  /** The watches there are say nothing any more, and do not end. */
  synchronized void freeze() {
    freezes++;
  }

  synchronized Fields object(String kind, ObjectKey key) {
    return objects.get(kind).getOrDefault(key, new Fields(Map.of()));
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

  long count(Predicate<Seen> which) {
    return requests.stream().filter(which).count();
  }

  // What it answers.

  private void handle(HttpExchange exchange) throws IOException {
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Seen seen =
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            String.valueOf(exchange.getRequestURI().getRawQuery()),
            authorization,
            body);
    requests.add(seen);
    if (fault.befalls(exchange)) {
      return;
    }
    if (!authorization.equals("Bearer " + token)) {
      answer(exchange, 401, "{}");
    } else if (seen.isWatch()) {
      watch(exchange, seen);
    } else {
      serve(exchange, seen);
    }
  }

  private synchronized void serve(HttpExchange exchange, Seen seen) throws IOException {
    String path = seen.path();
    if (objects.containsKey(path)) {
      list(exchange, seen);
    } else if (path.endsWith("/status") && seen.method().equals("PATCH")) {
      patch(exchange, path, seen.body());
    } else if (path.endsWith("/events") && seen.method().equals("POST")) {
      events.add(ServiceJson.parse(seen.body()));
      answer(exchange, 201, seen.body());
    } else if (path.contains("/leases")) {
      lease(exchange, seen);
    } else {
      answer(exchange, 404, "{}");
    }
  }

  private void list(HttpExchange exchange, Seen seen) throws IOException {
    Map<String, String> query = query(seen.query());
    int from = Integer.parseInt(query.getOrDefault("continue", "0"));
    int limit = Integer.parseInt(query.getOrDefault("limit", "1000000"));
    List<Fields> all = List.copyOf(objects.get(seen.path()).values());
    int to = Math.min(all.size(), from + limit);
    Json.Builder metadata = Json.object().put("resourceVersion", String.valueOf(version));
    if (to < all.size()) {
      metadata.put("continue", String.valueOf(to));
    }
    String items =
        all.subList(from, to).stream().map(texts::get).collect(Collectors.joining(",", "[", "]"));
    answer(
        exchange,
        200,
        "{\"kind\":\"List\",\"metadata\":" + metadata.build() + ",\"items\":" + items + "}");
  }

  private void watch(HttpExchange exchange, Seen seen) throws IOException {
    Map<String, String> query = query(seen.query());
    long from = Long.parseLong(query.get("resourceVersion"));
    long end = System.nanoTime() + Long.parseLong(query.get("timeoutSeconds")) * 1_000_000_000;
    int cutBefore;
    int frozenBefore;
    int next = 0;
    synchronized (this) {
      if (from < oldest) {
        answer(exchange, 410, "{\"kind\":\"Status\",\"code\":410}");
        return;
      }
      cutBefore = cuts;
      frozenBefore = freezes;
      while (next < changes.size() && changes.get(next).version() <= from) {
        next++;
      }
    }
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.flush();
    while (true) {
      List<Change> news = new ArrayList<>();
      synchronized (this) {
        while (next >= changes.size()
            && cuts == cutBefore
            && closing.getCount() > 0
            && System.nanoTime() < end
            && next <= changes.size()) {
          try {
            wait(20);
          } catch (InterruptedException e) {
            exchange.close();
            return;
          }
        }
        if (cuts != cutBefore || closing.getCount() == 0 || next > changes.size()) {
          exchange.close();
          return;
        }
        while (next < changes.size()) {
          news.add(changes.get(next++));
        }
      }
      if (freezes != frozenBefore) {
        blackHole(exchange);
        return;
      }
      if (news.isEmpty()) {
        out.close();
        return;
      }
      for (Change change : news) {
        if (change.kind().equals(seen.path())) {
          out.write(line(change.type(), change.object()));
        }
      }
      out.flush();
    }
  }

  static byte[] line(String type, Json object) {
    String text = JsonText.write(Json.object().put("type", type).put("object", object).build());
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** As the API server merges: a condition by its type, addresses as a whole. */
  private void patch(HttpExchange exchange, String path, String body) throws IOException {
    List<String> parts = List.of(path.split("/", -1));
    ObjectKey key = new ObjectKey(parts.get(4), parts.get(6));
    Fields known = objects.get(SERVICES).get(key);
    Fields patch = ServiceJson.parse(body);
    if (known == null) {
      answer(exchange, 404, "{}");
      return;
    }
    if (!field(patch, "metadata", "resourceVersion")
            .equals(field(known, "metadata", "resourceVersion"))
        || !field(patch, "metadata", "uid").equals(field(known, "metadata", "uid"))) {
      answer(exchange, 409, "{}");
      return;
    }
    Fields next = known;
    Json status = patch.find("status").orElseThrow();
    if (status.find("loadBalancer").isPresent()) {
      next = with(next, "status", "loadBalancer", status.find("loadBalancer").get());
    }
    List<Json> conditions =
        new ArrayList<>(
            known
                .find("status")
                .flatMap(s -> s.find("conditions"))
                .map(Json::items)
                .orElse(List.of()));
    for (Json change : status.find("conditions").map(Json::items).orElse(List.of())) {
      Map<String, Json> merged = new LinkedHashMap<>();
      conditions.stream()
          .filter(one -> one.find("type").equals(change.find("type")))
          .findFirst()
          .ifPresent(one -> merged.putAll(((Fields) one).values()));
      merged.putAll(((Fields) change).values());
      conditions.removeIf(one -> one.find("type").equals(change.find("type")));
      conditions.add(new Fields(merged));
    }
    next = with(next, "status", "conditions", Json.list(conditions));
    put(SERVICES, next);
    answer(exchange, 200, JsonText.write(next));
  }

  private void lease(HttpExchange exchange, Seen seen) throws IOException {
    String name = seen.path().substring(seen.path().lastIndexOf('/') + 1);
    switch (seen.method()) {
      case "GET" -> {
        Fields found = leases.get(name);
        answer(exchange, found == null ? 404 : 200, found == null ? "{}" : JsonText.write(found));
      }
      case "POST", "PUT" -> {
        Fields body = ServiceJson.parse(seen.body());
        String wanted = field(body, "metadata", "name");
        Fields known = leases.get(wanted);
        boolean conflicts =
            known != null
                && !field(body, "metadata", "resourceVersion")
                    .equals(field(known, "metadata", "resourceVersion"));
        if (conflicts) {
          answer(exchange, 409, "{}");
          return;
        }
        Fields stored =
            with(
                with(body, "metadata", "uid", Json.of("uid-" + wanted)),
                "metadata",
                "resourceVersion",
                Json.of(String.valueOf(++version)));
        leases.put(wanted, stored);
        answer(exchange, 200, JsonText.write(stored));
      }
      default -> answer(exchange, 405, "{}");
    }
  }

  private static ObjectKey key(Fields object) {
    return new ObjectKey(field(object, "metadata", "namespace"), field(object, "metadata", "name"));
  }

  private static String field(Fields in, String section, String name) {
    return in.find(section).flatMap(one -> one.find(name)).flatMap(Json::text).orElse("");
  }

  private static Fields with(Fields object, String section, String name, Json value) {
    Map<String, Json> inner =
        new LinkedHashMap<>(
            object.find(section).map(one -> ((Fields) one).values()).orElse(Map.of()));
    inner.put(name, value);
    Map<String, Json> all = new LinkedHashMap<>(object.values());
    all.put(section, new Fields(inner));
    return new Fields(all);
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new HashMap<>();
    for (String part : text.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        query.put(
            part.substring(0, equals),
            URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private static void answer(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
