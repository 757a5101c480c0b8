package dev.bugle.k8s.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.bugle.k8s.api.ApiConnection;
import dev.bugle.k8s.api.ApiFailure;
import dev.bugle.k8s.api.ApiStream;
import dev.bugle.k8s.apiserver.ApiServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are read while they come. */
class StreamedAnswersTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path dir;
  private ClusterServer server;
  private ApiConnection api;

  @BeforeEach
  void open() throws IOException {
    server = ClusterServer.open();
    api = new ApiConnection(Optional.of(server.kubeconfig(dir.resolve("k"), "first-token")));
  }

  @AfterEach
  void close() {
    api.close();
    server.close();
  }

  private void sends(String start, String text, long times) {
    server.fault(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] part = text.getBytes(StandardCharsets.UTF_8);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            for (long i = 0; i < times; i++) {
              out.write(part);
            }
          } catch (IOException e) {
            exchange.close(); // The client has had enough.
          }
          return true;
        });
  }

  @Test
  void allOfALongAnswerIsRead() throws Exception {
    sends("", "0123456789".repeat(1000), 1000);
    try (ApiStream stream = api.stream("/x", LONG, LONG)) {
      assertThat(stream.code()).isEqualTo(200);
      assertThat(stream.body().readAllBytes()).hasSize(10_000_000);
    }
  }

  @Test
  void anObjectWithoutEndIsGivenUp() throws Exception {
    sends("{\"items\":[{\"a\":\"", "x".repeat(1 << 16), Long.MAX_VALUE);
    try (ApiStream stream = api.stream("/x", LONG, LONG)) {
      Map<ObjectKey, Service> into = new HashMap<>();
      assertThatThrownBy(() -> ListReader.read(stream, new ServiceReader(Readers.OURS), into))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("too long");
    }
  }

  @Test
  void aBodyThatDoesNotEndIsGivenUpInTime() throws Exception {
    server.fault(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          return server.blackHole(exchange);
        });
    try (ApiStream stream = api.stream("/x", LONG, Duration.ofSeconds(3))) {
      assertThat(stream.body().read()).isEqualTo('{');
      assertThatThrownBy(() -> stream.body().read()).hasMessageContaining("in time");
    }
  }

  @Test
  void aConnectionThatBreaksIsNotAnEnd() throws Exception {
    server.fault(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          exchange.close();
          return true;
        });
    try (ApiStream stream = api.stream("/x", LONG, LONG)) {
      assertThatThrownBy(() -> stream.body().readAllBytes()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aServerMayHaveAPathOfItsOwn() throws Exception {
    URI behind = URI.create("http://127.0.0.1:" + server.port() + "/k8s/clusters/c-1");
    Path kubeconfig = ApiServer.kubeconfig(dir.resolve("behind"), behind, "default", "t");
    try (ApiConnection other = new ApiConnection(Optional.of(kubeconfig))) {
      other.read("/api/v1/services?limit=1", LONG);
    }
    assertThat(server.requests.get(0).path()).isEqualTo("/k8s/clusters/c-1/api/v1/services");
  }

  @Test
  void noAnswerIsAFailure() {
    server.fault(server::blackHole);
    assertThatThrownBy(() -> api.stream("/x", Duration.ofMillis(200), LONG))
        .isInstanceOfSatisfying(
            ApiFailure.class, e -> assertThat(e.reason()).contains("did not answer within 200 ms"));
  }

  @Test
  void oneThatIsClosedSendsNothing() {
    api.close();
    assertThatThrownBy(() -> api.stream("/x", LONG, LONG)).isInstanceOf(ApiFailure.class);
    assertThat(server.requests).isEmpty();
  }

  @Test
  void usersOfOneKubeconfigDoNotDisturbEachOther() throws Exception {
    try (ApiConnection other = new ApiConnection(Optional.of(dir.resolve("k")))) {
      ApiStream watch = other.stream(watch(), LONG, LONG);
      server.fault(exchange -> isRead(exchange) && ClusterServer.status(401).befalls(exchange));
      assertThat(api.read("/x", LONG).code()).isEqualTo(401);
      api.close();
      server.service(ServiceJson.of("web"));
      assertThat(watch.body().read()).isEqualTo('{');
      watch.close();
    }
  }

  private static String watch() {
    return Resource.services(Optional.empty()).watch("1000", 20);
  }

  private static boolean isRead(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().equals("/x");
  }
}
