package dev.bugle.k8s.lease;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.Json.Fields;
import dev.bugle.advertiser.json.Json.Text;
import dev.bugle.advertiser.json.Json.Whole;
import dev.bugle.advertiser.json.JsonText;
import dev.bugle.advertiser.json.MalformedJsonException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The part of an API server that Leases need, on loopback: GET, POST and PUT, with resourceVersions
 * that conflict, strict about the form of times, and with faults at will.
 */
final class LeaseServer implements AutoCloseable {

  private static final String PATH = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
  private static final String MICRO_TIME =
      "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z";

  /** What is done with a request instead of answering it. */
  interface Fault {
    /** Answers by itself and returns true, or returns false to have it answered. */
    boolean befalls(HttpExchange exchange) throws IOException;
  }

  /** A request that came. */
  record Seen(String method, String authorization, boolean wantsHttp2) {}

  final List<Seen> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final HttpServer server;
  private final Map<String, Fields> leases = new TreeMap<>();
  private volatile Fault fault = exchange -> false;
  private volatile String token = "first-token";
  private long versions = 1000;

  private LeaseServer(HttpServer server) {
    this.server = server;
  }

  static LeaseServer open() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LeaseServer server = new LeaseServer(http);
    http.createContext("/", server::handle);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Writes a kubeconfig for a server at that port. */
  static Path kubeconfig(Path file, int port, String token) throws IOException {
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
            .formatted(port, token));
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

  /** Takes the request and never answers. */
  boolean blackHole(HttpExchange exchange) throws IOException {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
    return true;
  }

  /** Begins an answer and never ends it. */
  boolean slowBody(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 500);
    exchange.getResponseBody().write("{\"kind\":".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    return blackHole(exchange);
  }

  /** Ends the connection without an answer. */
  boolean cut(HttpExchange exchange) {
    exchange.close();
    return true;
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

  private static void answer(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    boolean wantsHttp2 = exchange.getRequestHeaders().containsKey("Upgrade");
    requests.add(new Seen(exchange.getRequestMethod(), authorization, wantsHttp2));
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (fault.befalls(exchange)) {
      return;
    }
    if (!authorization.equals("Bearer " + token)) {
      status(401).befalls(exchange);
      return;
    }
    try {
      serve(exchange, new String(body, StandardCharsets.UTF_8));
    } catch (MalformedJsonException e) {
      answer(exchange, 400, "{\"kind\":\"Status\",\"message\":\"" + e.getMessage() + "\"}");
    }
  }

  private synchronized void serve(HttpExchange exchange, String body)
      throws IOException, MalformedJsonException {
    String path = exchange.getRequestURI().getPath();
    String name = path.startsWith(PATH + "/") ? path.substring(PATH.length() + 1) : "";
    switch (exchange.getRequestMethod()) {
      case "GET" -> {
        Fields found = leases.get(name);
        answer(exchange, found == null ? 404 : 200, found == null ? "{}" : JsonText.write(found));
      }
      case "POST" -> {
        Fields made = (Fields) JsonText.read(body);
        String wanted = text(fields(made, "metadata"), "name");
        if (!path.equals(PATH)) {
          answer(exchange, 404, "{}");
        } else if (leases.containsKey(wanted)) {
          answer(exchange, 409, "{}");
        } else {
          store(exchange, 201, wanted, with(made, "uid", "uid-" + versions));
        }
      }
      case "PUT" -> {
        Fields known = leases.get(name);
        Fields next = (Fields) JsonText.read(body);
        if (known == null) {
          answer(exchange, 404, "{}");
        } else if (text(fields(next, "metadata"), "resourceVersion")
            .equals(text(fields(known, "metadata"), "resourceVersion"))) {
          store(exchange, 200, name, next);
        } else {
          answer(exchange, 409, "{}");
        }
      }
      default -> answer(exchange, 405, "{}");
    }
  }

  private void store(HttpExchange exchange, int code, String name, Fields lease)
      throws IOException {
    Fields spec = fields(lease, "spec");
    for (String time : List.of("acquireTime", "renewTime")) {
      if (spec.values().get(time) instanceof Text written && !written.value().matches(MICRO_TIME)) {
        answer(
            exchange,
            400,
            "{\"kind\":\"Status\",\"message\":\"not a MicroTime: " + written.value() + "\"}");
        return;
      }
    }
    if (!(spec.values().get("leaseDurationSeconds") instanceof Whole seconds)
        || seconds.value() < 1) {
      answer(exchange, 422, "{\"kind\":\"Status\",\"message\":\"leaseDurationSeconds\"}");
      return;
    }
    Fields stored = with(lease, "resourceVersion", String.valueOf(++versions));
    leases.put(name, stored);
    answer(exchange, code, JsonText.write(stored));
  }

  /** Somebody else writes a whole Lease. */
  synchronized void put(String name, String json) {
    try {
      leases.put(
          name, with((Fields) JsonText.read(json), "resourceVersion", String.valueOf(++versions)));
    } catch (MalformedJsonException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** Somebody else writes what is no part of the election. */
  synchronized void touch(String name) {
    put(name, JsonText.write(lease(name)));
  }

  synchronized void delete(String name) {
    leases.remove(name);
  }

  synchronized Fields lease(String name) {
    return leases.getOrDefault(name, new Fields(Map.of()));
  }

  String holder(String name) {
    return text(fields(lease(name), "spec"), "holderIdentity");
  }

  static Fields fields(Fields in, String name) {
    return in.values().get(name) instanceof Fields found ? found : new Fields(Map.of());
  }

  static String text(Fields in, String name) {
    return in.values().get(name) instanceof Text found ? found.value() : "";
  }

  private static Fields with(Fields lease, String name, String value) {
    Map<String, Json> metadata = new LinkedHashMap<>(fields(lease, "metadata").values());
    metadata.put(name, new Text(value));
    Map<String, Json> all = new LinkedHashMap<>(lease.values());
    all.put("metadata", new Fields(metadata));
    return new Fields(all);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
