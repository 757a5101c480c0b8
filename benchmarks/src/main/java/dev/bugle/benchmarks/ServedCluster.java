package dev.bugle.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An API server with Services and EndpointSlices that do not change, but for those of one Service:
 * that of the {@link MeasuredRoute}. It answers lists in parts and watches, and nothing else; all
 * texts are made beforehand, so that what is measured is not how fast it writes them.
 */
final class ServedCluster implements AutoCloseable {

  /** The node on which each Service has one endpoint. */
  static final String NODE = "node-1";

  private static final String SERVICES = "/api/v1/services";
  private static final String SLICES = "/apis/discovery.k8s.io/v1/endpointslices";
  private static final int FIRST_VERSION = 1000;
  private static final int ENDPOINTS = 20;
  private static final Pattern PARAMETER = Pattern.compile("(?:^|&)([a-zA-Z]+)=([^&]*)");

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, List<String>> objects;

  /** Lines of watches of slices; the place of one is its version less the first. */
  private final List<String> changes = new ArrayList<>();

  private boolean isClosed;

  private ServedCluster(HttpServer http, Map<String, List<String>> objects) {
    this.http = http;
    this.objects = objects;
  }

  /** Listens on loopback. */
  static ServedCluster open(int services, int slicesOfEach) throws IOException {
    List<String> slices = new ArrayList<>();
    for (int i = 0; i < services; i++) {
      for (int j = 0; j < slicesOfEach; j++) {
        slices.add(slice(i, j, true, FIRST_VERSION));
      }
    }
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ServedCluster cluster =
        new ServedCluster(
            http,
            Map.of(
                SERVICES,
                IntStream.range(0, services).mapToObj(ServedCluster::service).toList(),
                SLICES,
                slices));
    http.createContext("/", cluster::handle);
    http.setExecutor(cluster.threads);
    http.start();
    return cluster;
  }

  private static String address(int service) {
    return service == 0
        ? MeasuredRoute.ADDRESS
        : "10.1.%d.%d".formatted(service / 250, service % 250 + 1);
  }

  private static String service(int number) {
    return """
    {"kind":"Service","apiVersion":"v1","metadata":{"name":"s%1$d","namespace":"default",\
    "uid":"uid-%1$d","resourceVersion":"%2$d","creationTimestamp":"2026-01-01T00:00:00Z",\
    "annotations":{"bugle.dev/communities":"65001:100, no-export"}},\
    "spec":{"type":"LoadBalancer","loadBalancerClass":"bugle.dev/vip",\
    "externalTrafficPolicy":"Local","selector":{"app":"s%1$d"},\
    "ports":[{"port":80,"protocol":"TCP","targetPort":8080}]},\
    "status":{"loadBalancer":{"ingress":[{"ip":"%3$s","ipMode":"VIP"}]}}}\
    """
        .formatted(number, FIRST_VERSION, address(number));
  }

  /** The first endpoint of the first slice is the one on the node. */
  private static String slice(int service, int number, boolean isReadyHere, int version) {
    String endpoints =
        IntStream.range(0, ENDPOINTS)
            .mapToObj(
                i -> {
                  boolean isHere = number == 0 && i == 0;
                  return endpoint(
                      isHere ? NODE : "node-" + (number * ENDPOINTS + i + 2),
                      !isHere || isReadyHere);
                })
            .collect(Collectors.joining(","));
    return """
    {"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","metadata":{\
    "name":"s%1$d-%2$d","namespace":"default","uid":"uid-%1$d-%2$d","resourceVersion":"%3$d",\
    "labels":{"kubernetes.io/service-name":"s%1$d"}},"addressType":"IPv4",\
    "endpoints":[%4$s],"ports":[{"port":8080,"protocol":"TCP"}]}\
    """
        .formatted(service, number, version, endpoints);
  }

  private static String endpoint(String node, boolean isReady) {
    return """
    {"addresses":["10.0.0.1"],"conditions":{"ready":%1$b,"serving":%1$b,"terminating":false},\
    "nodeName":"%2$s","targetRef":{"kind":"Pod","name":"p"}}\
    """
        .formatted(isReady, node);
  }

  /** Writes a kubeconfig for it. */
  Path kubeconfig(Path file) throws IOException {
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: u, user: {token: t}}]
        contexts: [{name: x, context: {cluster: c, user: u, namespace: default}}]
        current-context: x
        """
            .formatted(http.getAddress().getPort()));
  }

  /**
   * The endpoint of the measured Service on the node becomes ready, or is not any more.
   *
   * @return when, before any watch was told of it
   */
  synchronized long change(boolean isReady) {
    int version = FIRST_VERSION + changes.size() + 1;
    String line = "{\"type\":\"MODIFIED\",\"object\":" + slice(0, 0, isReady, version) + "}\n";
    long now = System.nanoTime();
    changes.add(line);
    notifyAll();
    return now;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      if (!objects.containsKey(path)) {
        exchange.sendResponseHeaders(404, -1);
      } else if (parameter(query, "watch").equals("true")) {
        watch(exchange, path.equals(SLICES), query);
      } else {
        list(exchange, objects.get(path), query);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String parameter(String query, String name) {
    Matcher matcher = PARAMETER.matcher(query);
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        return matcher.group(2);
      }
    }
    return "";
  }

  private static int number(String query, String name, int otherwise) {
    String text = parameter(query, name);
    return text.isEmpty() ? otherwise : Integer.parseInt(text);
  }

  private static void list(HttpExchange exchange, List<String> all, String query)
      throws IOException {
    int from = number(query, "continue", 0);
    int to = Math.min(all.size(), from + number(query, "limit", all.size()));
    String next = to < all.size() ? ",\"continue\":\"" + to + "\"" : "";
    byte[] answer =
        all.subList(from, to).stream()
            .collect(
                Collectors.joining(
                    ",",
                    "{\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\""
                        + FIRST_VERSION
                        + "\""
                        + next
                        + "},\"items\":[",
                    "]}"))
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
  }

  private void watch(HttpExchange exchange, boolean isOfSlices, String query)
      throws IOException, InterruptedException {
    int next = number(query, "resourceVersion", FIRST_VERSION) - FIRST_VERSION;
    long end = System.nanoTime() + number(query, "timeoutSeconds", 60) * 1_000_000_000L;
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.flush();
    List<String> news = await(next, end);
    while (!news.isEmpty()) {
      if (isOfSlices) {
        for (String line : news) {
          out.write(line.getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
      }
      next += news.size();
      news = await(next, end);
    }
  }

  /** What is new from that place on; nothing when the time is over. */
  private synchronized List<String> await(int next, long end) throws InterruptedException {
    while (next >= changes.size()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0 || isClosed) {
        return List.of();
      }
      wait(left);
    }
    return List.copyOf(changes.subList(next, changes.size()));
  }

  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
      notifyAll();
    }
    http.stop(0);
    threads.shutdownNow();
  }
}
