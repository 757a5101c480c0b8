package dev.bugle.k8s.apiserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A proxy before an API server, with or without TLS, that can answer what it should not, or late.
 * It listens on loopback, without TLS, and passes on the token that it is shown: it has no identity
 * of its own.
 */
public final class FaultyApi implements AutoCloseable {

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final List<String> TO_SERVER = List.of("Authorization", "Content-Type", "Accept");
  private static final List<String> TO_CLIENT = List.of("Content-Type", "Retry-After");
  private static final int BUFFER = 8192;

  /** In how many parts the rest of a body comes that drips. */
  private static final int DRIPS = 4;

  /**
   * A request that the server has answered. The times are readings of the monotonic clock.
   *
   * @param path with the query
   * @param body what was sent
   * @param code what was answered
   * @param arrived when it was there
   * @param answered when the server had done it, before the client could hear of it
   */
  public record Seen(
      String method, String path, String body, int code, long arrived, long answered) {}

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "faulty API");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpServer http;
  private final String server;
  private final HttpClient client;
  private final Random random;
  private final Set<HttpExchange> watches = ConcurrentHashMap.newKeySet();
  private volatile Consumer<Seen> witness = seen -> {};
  private volatile Trouble trouble = Trouble.NONE;

  private FaultyApi(HttpServer http, URI server, HttpClient client, Random random) {
    this.http = http;
    this.server = server.toString().replaceFirst("/$", "");
    this.client = client;
    this.random = random;
  }

  /**
   * Listens.
   *
   * @param client speaks to the server; it knows whom to trust, and has no certificate of its own
   * @param random decides which requests are befallen
   */
  public static FaultyApi before(URI server, HttpClient client, Random random) {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FaultyApi proxy = new FaultyApi(http, server, client, random);
      http.createContext("/", proxy::handle);
      http.setExecutor(proxy.threads);
      http.start();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on loopback", e);
    }
  }

  /** Where it listens, on loopback. */
  public int port() {
    return http.getAddress().getPort();
  }

  /** Whom to tell of what the server has answered, before the client is told; any thread does. */
  public void tell(Consumer<Seen> newWitness) {
    witness = newWitness;
  }

  /** What is done to requests from now on. */
  public void befall(Trouble next) {
    trouble = next;
  }

  /** Ends all watches without a word. */
  public void dropWatches() {
    watches.forEach(HttpExchange::close);
  }

  private void handle(HttpExchange exchange) throws IOException {
    long arrived = System.nanoTime();
    byte[] body = exchange.getRequestBody().readAllBytes();
    Trouble now = trouble;
    Trouble mine = random.nextDouble() < now.share() ? now : Trouble.NONE;
    try (exchange) {
      pause(mine);
      if (mine.status() != 0) {
        refuse(exchange, mine);
      } else {
        passOn(exchange, body, mine, arrived);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(Trouble mine) throws InterruptedException {
    if (!mine.drips()) {
      TimeUnit.NANOSECONDS.sleep(mine.delay().toNanos() / 2);
    }
  }

  private static void refuse(HttpExchange exchange, Trouble mine) throws IOException {
    byte[] answer =
        """
        {"kind":"Status","apiVersion":"v1","status":"Failure","message":"as the test wants",\
        "code":%d}\
        """
            .formatted(mine.status())
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    if (mine.retryAfter() > 0) {
      exchange.getResponseHeaders().add("Retry-After", Integer.toString(mine.retryAfter()));
    }
    exchange.sendResponseHeaders(mine.status(), answer.length);
    exchange.getResponseBody().write(answer);
  }

  private void passOn(HttpExchange exchange, byte[] body, Trouble mine, long arrived)
      throws IOException, InterruptedException {
    String path = exchange.getRequestURI().toString();
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path));
    for (String name : TO_SERVER) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        boolean spoil = mine.spoilsToken() && name.equals("Authorization");
        request.header(name, spoil ? "Bearer expired" : value);
      }
    }
    request.method(
        exchange.getRequestMethod(),
        body.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body));
    HttpResponse<InputStream> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    witness.accept(
        new Seen(
            exchange.getRequestMethod(),
            path,
            new String(body, StandardCharsets.UTF_8),
            answer.statusCode(),
            arrived,
            System.nanoTime()));
    try (InputStream in = answer.body()) {
      for (String name : TO_CLIENT) {
        answer
            .headers()
            .firstValue(name)
            .ifPresent(v -> exchange.getResponseHeaders().add(name, v));
      }
      pause(mine);
      if (Query.of(exchange.getRequestURI()).flag("watch")) {
        stream(exchange, answer.statusCode(), in);
      } else {
        byte[] bytes = in.readAllBytes();
        exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
        write(exchange.getResponseBody(), bytes, mine);
      }
    }
  }

  /** At once, or half of it at once and the rest in parts. */
  private static void write(OutputStream out, byte[] bytes, Trouble mine)
      throws IOException, InterruptedException {
    int written = mine.drips() ? bytes.length / 2 : bytes.length;
    out.write(bytes, 0, written);
    for (int part = 1; written < bytes.length; part++) {
      out.flush();
      TimeUnit.NANOSECONDS.sleep(mine.delay().toNanos() / DRIPS);
      int end = part == DRIPS ? bytes.length : written + (bytes.length - written) / 2;
      out.write(bytes, written, end - written);
      written = end;
    }
  }

  /** What has come is passed on at once. */
  private void stream(HttpExchange exchange, int code, InputStream in) throws IOException {
    watches.add(exchange);
    try {
      exchange.sendResponseHeaders(code, 0);
      OutputStream out = exchange.getResponseBody();
      out.flush();
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    } finally {
      watches.remove(exchange);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
