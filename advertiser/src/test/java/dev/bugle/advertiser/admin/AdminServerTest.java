package dev.bugle.advertiser.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.Eventually;
import dev.bugle.advertiser.admin.Client.Reply;
import dev.bugle.advertiser.config.AdminConfig;
import dev.bugle.advertiser.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a well-behaved client gets. */
class AdminServerTest {

  private final Sample sample = new Sample();
  private final AdminServer server = sample.open();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void probesSayYesOrNo() throws IOException {
    assertThat(Client.ask(server, "GET /livez").body()).isEqualTo("ok\n");
    assertThat(Client.ask(server, "GET /readyz").status()).isEqualTo(200);
    sample.ready = false;
    Reply reply = Client.ask(server, "GET /readyz");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.body()).isEqualTo("no\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */*                                                           | text/plain; version=0.0.4; charset=utf-8
          application/openmetrics-text                                  | application/openmetrics-text; version=1.0.0; charset=utf-8
          application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3 | application/openmetrics-text; version=1.0.0; charset=utf-8
          application/openmetrics-text;q=0.2,text/plain;q=0.3           | text/plain; version=0.0.4; charset=utf-8
          application/openmetrics-text;q=0                              | text/plain; version=0.0.4; charset=utf-8
          """)
  void metricsComeInTheFormThatIsPreferred(String accept, String type) throws IOException {
    Reply reply = Client.ask(server, "GET /metrics", "Accept: " + accept);
    assertThat(reply.headers()).containsEntry("content-type", type);
    assertThat(reply.body()).isEqualTo("# HELP\n" + type + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/vips/203.0.113.10/32, 203.0.113.10/32",
    "/v1/vips/203.0.113.10%2F32, 203.0.113.10/32",
    "/v1/vips/203.0.113.10%2f32, 203.0.113.10/32",
    "/v1/vips/cluster%2Fdefault%2Fweb, cluster/default/web",
    "/v1/vips/203.0.113.10, 203.0.113.10",
    "/v1/vips/2001:db8::10/128, 2001:db8::10/128",
    "/v1/vips/2001%3Adb8%3A%3A10%2F128, 2001:db8::10/128",
    "/v1/vips/203.0.113.10/32?depth=%20a+b, 203.0.113.10/32 a b",
  })
  void aPrefixIsWrittenAsIsConvenient(String path, String prefix) throws IOException {
    Reply reply = Client.ask(server, "GET " + path);
    assertThat(reply.json()).isEqualTo(Json.object().put("prefix", prefix).build());
    assertThat(reply.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("cache-control", "no-store")
        .containsEntry("x-content-type-options", "nosniff");
  }

  @Test
  void commandsCarryTheirBody() throws IOException {
    try (Client client = Client.to(server)) {
      Reply reply = client.post("/v1/vips/203.0.113.10/32/drain", "{\"reason\": \"büro\"}");
      assertThat(reply.status()).isEqualTo(202);
      assertThat(sample.drained).containsEntry("203.0.113.10/32", "\"büro\"");
      assertThat(client.request("DELETE /v1/vips/203.0.113.10%2F32/drain").status()).isEqualTo(200);
      assertThat(sample.drained).isEmpty();
    }
  }

  @Test
  void aConnectionServesOneRequestAfterTheOther() throws IOException {
    try (Client client = Client.to(server)) {
      for (int i = 0; i < 100; i++) {
        assertThat(client.request("GET /v1/names/n" + i).body()).isEqualTo("n" + i);
      }
    }
  }

  @Test
  void requestsThatAreSentAheadAreAnsweredInOrder() throws IOException {
    try (Client client = Client.to(server)) {
      String get = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      client.send("GET /v1/later" + get + "GET /v1/names/b" + get + "GET /v1/names/c" + get);
      sample.later.complete(new Answer.Text(200, "text/plain", "a"));
      assertThat(client.reply().body()).isEqualTo("a");
      assertThat(client.reply().body()).isEqualTo("b");
      assertThat(client.reply().body()).isEqualTo("c");
    }
  }

  @Test
  void headTellsTheLengthAndOptionsTheMethods() throws IOException {
    try (Client client = Client.to(server)) {
      Reply head = client.request("HEAD /v1/names/abc");
      assertThat(head.headers()).containsEntry("content-length", "3");
      // What follows is the next answer, and not a body.
      Reply options = client.request("OPTIONS /v1/vips/203.0.113.10/drain");
      assertThat(options.status()).isEqualTo(204);
      assertThat(options.headers()).containsEntry("allow", "DELETE, OPTIONS, POST");
      assertThat(options.headers()).doesNotContainKey("access-control-allow-origin");
      assertThat(client.request("HEAD /v1/events").headers())
          .containsEntry("content-type", "text/event-stream");
    }
  }

  @Test
  void clientsOfTheOldVersionAreServedAndClosed() throws IOException {
    try (Client client = Client.to(server)) {
      client.send("GET /v1/names/old HTTP/1.0\r\nHost: localhost\r\n\r\n");
      assertThat(client.reply().body()).isEqualTo("old");
      assertThat(client.isClosed()).isTrue();
    }
    try (Client client = Client.to(server)) {
      String get =
          "GET /v1/names/kept HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n";
      client.send(get);
      assertThat(client.reply().headers()).containsEntry("connection", "keep-alive");
      client.send(get);
      assertThat(client.reply().body()).isEqualTo("kept");
    }
  }

  @Test
  void aBodyThatAsksFirstIsWelcomed() throws IOException {
    try (Client client = Client.to(server)) {
      client.send(
          String.join(
              "\r\n",
              "POST /v1/vips/192.0.2.1/drain HTTP/1.1",
              "Host: localhost",
              "Content-Length: 14",
              "Content-Type: application/json",
              "Expect: 100-continue",
              "",
              ""));
      assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(client.line()).isEmpty();
      client.send("{\"reason\":\"x\"}");
      assertThat(client.reply().status()).isEqualTo(202);
    }
  }

  @Test
  void whatFailsIsAnsweredWithoutSayingHow() throws IOException {
    Reply reply = Client.ask(server, "GET /v1/broken");
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(reply.body()).doesNotContain("secret");
    assertThat(Problem.SCHEMA.faults(reply.json())).isEmpty();
  }

  @Test
  void whatTakesTooLongIsAnsweredAndItsOutcomeForgotten() throws IOException {
    Limits hasty =
        new Limits(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMillis(20),
            Duration.ofMinutes(1),
            10);
    try (AdminServer other = sample.open(hasty);
        Client client = Client.to(other)) {
      assertThat(client.request("GET /v1/later").status()).isEqualTo(504);
      sample.later.complete(new Answer.Text(200, "text/plain", "too late"));
      assertThat(client.request("GET /v1/names/next").body()).isEqualTo("next");
    }
  }

  @Test
  void aHandlerMayRefuse() throws IOException {
    sample.later.completeExceptionally(Problem.of(409, "another is at it; wait"));
    Reply reply = Client.ask(server, "GET /v1/later");
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.detail()).isEqualTo("another is at it; wait");
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    AdminConfig same = AdminConfig.at(server.places().get(0));
    assertThatThrownBy(() -> AdminServer.open(same, sample.content()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the admin server cannot listen at " + server.places().get(0))
        .hasMessageContaining("another bugle")
        .hasMessageContaining("admin: off");
  }

  @Test
  void nothingIsLeftWhenItIsClosed() throws Exception {
    try (Client idle = Client.to(server);
        Client waiting = Client.to(server)) {
      idle.request("GET /livez");
      waiting.send("GET /v1/later HTTP/1.1\r\nHost: localhost\r\n\r\n");
      Eventually.is(() -> sample.later.getNumberOfDependents() > 0, () -> "the handler");
      CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
      assertThat(idle.isClosed()).isTrue();
      sample.later.complete(new Answer.Text(200, "text/plain", "the last"));
      assertThat(waiting.reply().body()).isEqualTo("the last");
      closing.join();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("bugle-admin", "bugle-admin-files");
    assertThatThrownBy(() -> Client.connect(server)).isInstanceOf(ConnectException.class);
    server.close();
  }

  @Test
  void withoutAPlaceNothingIsOpened() {
    try (AdminServer off = AdminServer.open(AdminConfig.OFF, sample.content())) {
      assertThat(off.places()).isEmpty();
    }
  }
}
