package dev.bugle.k8s.apiserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API server on loopback, for tests. It begins with the namespaces {@code default} and {@code
 * kube-system}, and one token that may do everything.
 */
public final class ApiServer implements AutoCloseable {

  static {
    // Otherwise the body of a small answer waits for the acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /**
   * A request that came.
   *
   * @param user whose it was; empty if the token is unknown
   * @param path with the query
   */
  public record Seen(String user, String method, String path) {}

  /** Somebody who sees each request first. */
  public interface Interceptor {
    /**
     * Whether it has answered the request itself.
     *
     * @param exchange of which the body has been read
     */
    boolean intercepts(HttpExchange exchange) throws IOException;
  }

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "test API server");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpServer http;
  private final Store store = new Store();
  private final Objects objects = new Objects(store);
  private final Listing listing = new Listing(store);
  private final Authorizer authorizer = new Authorizer(store);
  private final Map<String, String> users = new ConcurrentHashMap<>();
  private final List<Seen> requests = new CopyOnWriteArrayList<>();
  private final List<ResourceKind> watches = new CopyOnWriteArrayList<>();
  private final String adminToken = UUID.randomUUID().toString();
  private volatile Duration bookmarks = Duration.ofSeconds(1);
  private volatile Interceptor interceptor = exchange -> false;

  private ApiServer(HttpServer http) {
    this.http = http;
  }

  /** Listens on loopback, on any port. */
  public static ApiServer open() {
    try {
      ApiServer server =
          new ApiServer(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      server.users.put(server.adminToken, Authorizer.ADMIN);
      for (String namespace : List.of("default", "kube-system")) {
        server.put(
            "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                .formatted(namespace));
      }
      server.http.createContext("/", server::handle);
      server.http.setExecutor(server.threads);
      server.http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on loopback", e);
    }
  }

  /** Where it is. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** The token that may do everything. */
  public String adminToken() {
    return adminToken;
  }

  /** A new token for an account of a namespace, which may do what is bound to it. */
  public String newToken(String namespace, String account) {
    String token = UUID.randomUUID().toString();
    users.put(token, Authorizer.account(namespace, account));
    return token;
  }

  /** That token may do everything from now on. */
  public void admit(String token) {
    users.put(token, Authorizer.ADMIN);
  }

  /** Who sees requests before they are answered, from now on. */
  public void intercept(Interceptor next) {
    interceptor = next;
  }

  /** A token is not known any more. */
  public void expire(String token) {
    users.remove(token);
  }

  /** How often watches are told of the current version; one second at first. */
  public void bookmarksEvery(Duration interval) {
    bookmarks = interval;
  }

  /** Tells all watches of the current version, those that want to know. */
  public void bookmark() {
    store.bookmark();
  }

  /** The watches that there are say nothing from now on, and do not end. */
  public void freezeWatches() {
    store.freeze();
  }

  /** Ends all watches without a word. */
  public void dropWatches() {
    store.drop();
  }

  /** Forgets what has happened, so that nobody can watch from an earlier version. */
  public void compact() {
    store.compact();
  }

  /** How many watches of that kind have begun; what is done to watches from now on befalls them. */
  public long watches(ResourceKind kind) {
    return watches.stream().filter(kind::equals).count();
  }

  /** All requests so far. */
  public List<Seen> requests() {
    return List.copyOf(requests);
  }

  /** Somebody else writes an object, new or not, its status included; nothing is checked. */
  public ObjectNode put(String json) {
    try {
      ObjectNode object = Objects.object(json);
      ResourceKind kind =
          ResourceKind.of(Selection.text(object, "apiVersion"), Selection.text(object, "kind"))
              .orElseThrow(() -> new IllegalArgumentException("no such kind: " + json));
      ObjectNode metadata = (ObjectNode) object.get("metadata");
      synchronized (store) {
        Optional<ObjectNode> before =
            store.find(
                kind, metadata.path("namespace").asString(""), metadata.path("name").asString(""));
        if (before.isEmpty()) {
          return store.create(kind, object);
        }
        for (String field : List.of("uid", "creationTimestamp")) {
          metadata.put(field, Selection.text(before.get(), "metadata", field));
        }
        return store.replace(kind, before.get(), object);
      }
    } catch (Refusal e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Somebody else deletes an object, if it is there. */
  public void delete(ResourceKind kind, String namespace, String name) {
    find(kind, namespace, name).ifPresent(object -> store.delete(kind, object));
  }

  /** The object as it is; it is not to be changed. */
  public Optional<ObjectNode> find(ResourceKind kind, String namespace, String name) {
    return store.find(kind, namespace, name);
  }

  /** All objects of a kind; they are not to be changed. */
  public List<ObjectNode> all(ResourceKind kind) {
    return List.copyOf(store.after(kind, "").values());
  }

  /** Writes a kubeconfig for a server without TLS, which nobody else can read. */
  public static Path kubeconfig(Path file, URI server, String namespace, String token) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(
          file,
          """
          apiVersion: v1
          kind: Config
          clusters: [{name: c, cluster: {server: "%s"}}]
          users: [{name: u, user: {token: "%s"}}]
          contexts: [{name: x, context: {cluster: c, user: u, namespace: %s}}]
          current-context: x
          """
              .formatted(server, token, namespace));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String header = exchange.getRequestHeaders().getFirst("Authorization");
      String token = header != null && header.startsWith("Bearer ") ? header.substring(7) : "";
      String user = users.getOrDefault(token, "");
      URI uri = exchange.getRequestURI();
      requests.add(new Seen(user, exchange.getRequestMethod(), uri.toString()));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (interceptor.intercepts(exchange)) {
        return;
      }
      try {
        if (user.isEmpty()) {
          throw new Refusal(401, "Unauthorized", "Unauthorized");
        }
        serve(exchange, user, body);
      } catch (Refusal e) {
        answer(exchange, e.code(), e.status());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(HttpExchange exchange, String user, String body)
      throws IOException, InterruptedException, Refusal {
    Target target = Target.of(exchange.getRequestURI().getPath());
    Query query = Query.of(exchange.getRequestURI());
    String method = exchange.getRequestMethod();
    boolean watches = method.equals("GET") && query.flag("watch");
    authorizer.check(user, verb(method, watches, target), target, target.name());
    switch (method) {
      case "GET" -> {
        if (watches) {
          watch(exchange, target, query);
        } else {
          answer(exchange, 200, target.isOne() ? objects.get(target) : listing.of(target, query));
        }
      }
      case "POST" -> answer(exchange, 201, made(target, Objects.object(body)));
      case "PUT" -> answer(exchange, 200, objects.replace(target, Objects.object(body)));
      case "PATCH" -> {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        answer(exchange, 200, objects.patch(target, String.valueOf(type), body));
      }
      case "DELETE" -> answer(exchange, 200, objects.delete(target, body));
      default -> throw new Refusal(405, "MethodNotAllowed", "the server does not allow " + method);
    }
  }

  private static String verb(String method, boolean watches, Target target) throws Refusal {
    return switch (method) {
      case "GET" -> watches ? "watch" : target.isOne() ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> "delete";
      default -> throw new Refusal(405, "MethodNotAllowed", "the server does not allow " + method);
    };
  }

  private ObjectNode made(Target target, ObjectNode object) throws Refusal {
    if (target.kind() == ResourceKind.SERVICE_ACCOUNT && target.part().equals("token")) {
      objects.get(new Target(target.kind(), target.namespace(), target.name(), ""));
      object
          .putObject("status")
          .put("token", newToken(target.namespace(), target.name()))
          .put("expirationTimestamp", Instant.now().plusSeconds(3600).toString());
      return object;
    }
    if (target.isOne()) {
      throw new Refusal(405, "MethodNotAllowed", "the server does not allow POST of one object");
    }
    return objects.create(target, object);
  }

  private void watch(HttpExchange exchange, Target target, Query query)
      throws IOException, InterruptedException, Refusal {
    Selection.of(target, query); // What is wrong with it is said in the status.
    WatchStream watch = new WatchStream(store, target, query, () -> bookmarks);
    watches.add(target.kind());
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.flush();
    watch.run(out);
  }

  private static void answer(HttpExchange exchange, int code, ObjectNode object)
      throws IOException {
    byte[] bytes = Objects.JSON.writeValueAsBytes(object);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
