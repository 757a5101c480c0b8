package dev.bugle.advertiser.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.admin.Client.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, over a real socket, and that it says what to do. */
class RefusalTest {

  private static final String POST = "POST /livez HTTP/1.1\r\nHost: localhost\r\n";
  private static final String DRAIN = "/v1/vips/192.0.2.1/drain";

  private final Sample sample = new Sample();
  private final AdminServer server = sample.open();

  @AfterEach
  void close() {
    server.close();
  }

  private static void isProblem(Reply reply, int status) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(status);
    assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(Problem.SCHEMA.faults(reply.json())).isEmpty();
  }

  /** Sends octets that are no request as it should be; what follows on the connection is lost. */
  private Reply raw(String octets) throws IOException {
    try (Client client = Client.to(server)) {
      client.send(octets);
      return client.reply();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/../livez, 400",
    "/v1/./names/a, 400",
    "/v1/%2e%2e/livez, 400",
    "/v1/names/%2E%2E, 400",
    "/v1/names/.%2e, 400",
    "/v1/names/..%2f..%2fetc, 400",
    "//livez, 400",
    "/v1//names/a, 400",
    "/livez/, 400",
    "/v1/names/a%00b, 400",
    "/v1/names/a%0d%0ab, 400",
    "/v1/names/a%7f, 400",
    "/v1/names/%ff%fe, 400",
    "/v1/names/%c0%ae%c0%ae, 400",
    "/v1/names/%, 400",
    "/v1/names/%4, 400",
    "/v1/names/%zz, 400",
    "/v1/names/%252e%252e, 400",
    "/v1/names/a%5cb, 400",
    "/v1/names/a\\b, 400",
    "/v1/names/a;b=c, 400",
    "/livez;x, 400",
    "/v1/names/a#b, 400",
    "/v1/names/<a>, 400",
    "/v1/names/a%2Fb, 404",
    "/v1%2Fnames/a, 404",
    "/v1/names/a/b, 404",
    "/v1/vips/192.0.2.1%2F32/32, 404",
    "/v1/vips/192.0.2.1%2F, 400",
    "/v1/vips/%2F32, 400",
    "/v1/vips/192.0.2.1/32/32, 404",
    "/v1/vips/192.0.2.1/x, 404",
    "/V1/names/a, 404",
    "/v1/names, 404",
    "/, 404",
    "/a/b/c/d/e/f/g/h/i/j/k/l/m, 400",
    "http://localhost/livez, 400",
    "localhost:80, 400",
    "*, 400",
    "livez, 400",
    "/v1/names/a?x=1, 400",
    "/v1/vips/192.0.2.1?depth=1&depth=2, 400",
    "/v1/vips/192.0.2.1?depth=%00, 400",
    "/v1/vips/192.0.2.1?=1, 400",
    "/v1/vips/192.0.2.1?depth=%, 400",
    "/v1/vips/192.0.2.1?&, 400",
  })
  void pathTricksAreRefused(String path, int status) throws IOException {
    isProblem(Client.ask(server, "GET " + path), status);
  }

  @Test
  void aPathIsAsLongAsItMayBeAndNoLonger() throws IOException {
    String most = "/v1/names/" + "a".repeat(Target.MAX_LENGTH - "/v1/names/".length());
    assertThat(Client.ask(server, "GET " + most).status()).isEqualTo(200);
    isProblem(Client.ask(server, "GET " + most + "a"), 414);
    isProblem(Client.ask(server, "GET /" + "a".repeat(Limits.MAX_LINE)), 414);
  }

  @Test
  void aHeaderThatIsTooLongIsRefused() throws IOException {
    isProblem(Client.ask(server, "GET /livez", "X: " + "a".repeat(Limits.MAX_HEADERS)), 431);
    String[] many = "X: a;".repeat(Limits.MAX_HEADERS / 4).split(";", -1);
    isProblem(Client.ask(server, "GET /livez", many), 431);
  }

  @Test
  void anotherMethodIsToldWhichWouldDo() throws IOException {
    Reply reply = Client.ask(server, "POST /livez");
    isProblem(reply, 405);
    assertThat(reply.headers()).containsEntry("allow", "GET, HEAD, OPTIONS");
    isProblem(Client.ask(server, "TRACE /livez"), 405);
    isProblem(Client.ask(server, "BREW /livez"), 405);
    isProblem(Client.ask(server, "get /livez"), 405);
    isProblem(raw("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n"), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /livez HTTP/1.1\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost : localhost\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: localhost\r\nA\0b: c\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: localhost\r\nA: b\0c\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: localhost\r\n folded\r\nA b: c\r\n\r\n",
        "GET /livez HTTP/1.1\nHost: localhost\n\n",
        "GET  /livez  x HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n",
        "nonsense\r\n\r\n",
        // Two ways to say how long a body is, or none that is sound: request smuggling.
        POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0x1\r\n\r\na",
      })
  void whatIsNotHttpIsRefusedAndTheConnectionClosed(String octets) throws IOException {
    try (Client client = Client.to(server)) {
      client.send(octets);
      isProblem(client.reply(), 400);
    }
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    isProblem(raw("GET /livez HTTP/1.2\r\nHost: localhost\r\n\r\n"), 505);
    isProblem(raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505);
  }

  @Test
  void otherExpectationsAreRefused() throws IOException {
    isProblem(Client.ask(server, "GET /livez", "Expect: a wonder"), 417);
  }

  @Test
  void aBodyThatIsTooLongIsRefusedBeforeItIsSent() throws IOException {
    try (Client client = Client.to(server)) {
      client.send(
          "POST "
              + DRAIN
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Expect: 100-continue\r\nContent-Length: "
              + (Limits.MAX_BODY + 1)
              + "\r\n\r\n");
      Reply reply = client.reply();
      isProblem(reply, 413);
      assertThat(reply.headers()).containsEntry("connection", "close");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void aBodyIsAsLongAsItMayBeAndNoLonger() throws IOException {
    String rest = "{\"reason\":\"\"}";
    String most = "{\"reason\":\"" + "a".repeat(Limits.MAX_BODY - rest.length()) + "\"}";
    try (Client client = Client.to(server)) {
      assertThat(client.post(DRAIN, most).status()).isEqualTo(202);
      isProblem(client.post(DRAIN, most + " "), 413);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void chunksThatHaveNoEndAreCutOff() throws IOException {
    try (Client client = Client.to(server)) {
      client.send(
          "POST "
              + DRAIN
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
      String chunk = "1000\r\n" + "a".repeat(0x1000) + "\r\n";
      for (int i = 0; i <= Limits.MAX_BODY / 0x1000; i++) {
        client.send(chunk);
      }
      isProblem(client.reply(), 413);
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(sample.drained).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\nabc\r\n0\r\n\r\n",
        "-1\r\n\r\n",
        "ffffffffffffffff\r\n",
        "1;" // An extension that has no end.
      })
  void chunksThatAreNoneAreRefused(String chunks) throws IOException {
    try (Client client = Client.to(server)) {
      client.send(
          "POST "
              + DRAIN
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + chunks
              + (chunks.endsWith(";") ? "a".repeat(2 * Limits.MAX_HEADERS) : ""));
      Reply reply = client.reply();
      assertThat(reply.status()).as("%s", reply).isIn(400, 413, 414, 431);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                              | 400 | there is nothing
          {                               | 400 | line 1, column 2
          {"reason": "a"} x               | 400 | line 1, column
          {"reason": "a", "reason": "b"}  | 400 | Duplicate
          {reason: "a"}                   | 400 | line 1
          {"reason": NaN}                 | 400 | line 1
          {"reason": "a",}                | 400 | line 1
          [1]                             | 422 | body: expected an object with the fields reason, seconds
          {}                              | 422 | body.reason: this field is missing
          {"reason": 1}                   | 422 | body.reason: expected a string
          {"reason": "a", "seconds": -1}  | 422 | body.seconds: expected a whole number, 0 to 3600
          {"reason": "a", "seconds": 1.5} | 422 | body.seconds: expected a whole number, 0 to 3600
          {"reason": "a", "x": 1}         | 422 | body: there is no such field; expected reason, seconds
          {"reason": "a", "seconds": 99999999999999999999} | 400 | line 1
          """)
  void aBodyThatIsNotWhatIsExpectedIsExplained(String body, int status, String detail)
      throws IOException {
    try (Client client = Client.to(server)) {
      Reply reply = client.post(DRAIN, body == null ? "" : body);
      isProblem(reply, status);
      assertThat(reply.detail()).contains(detail);
      assertThat(client.request("GET /livez").status())
          .as("the connection lives on")
          .isEqualTo(200);
    }
    assertThat(sample.drained).isEmpty();
  }

  @Test
  void aBodyThatIsTooDeepIsRefused() throws IOException {
    try (Client client = Client.to(server)) {
      isProblem(client.post(DRAIN, "[".repeat(30_000)), 400);
      isProblem(client.post(DRAIN, "[".repeat(40) + "]".repeat(40)), 400);
    }
  }

  @Test
  void aBodyThatIsNotUtf8IsRefused() throws IOException {
    try (Client client = Client.to(server)) {
      byte[] text = {'"', (byte) 0xc3, '"'};
      isProblem(client.request("POST " + DRAIN, "application/json", text), 400);
    }
  }

  @Test
  void onlyPlainJsonIsTaken() throws IOException {
    byte[] body = "{\"reason\":\"a\"}".getBytes(StandardCharsets.UTF_8);
    for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", ""}) {
      try (Client client = Client.to(server)) {
        isProblem(client.request("POST " + DRAIN, type, body), 415);
      }
    }
    try (Client client = Client.to(server)) {
      isProblem(
          client.request("POST " + DRAIN, "application/json", body, "Content-Encoding: gzip"), 415);
    }
    try (Client client = Client.to(server)) {
      assertThat(client.request("POST " + DRAIN, "Application/JSON; charset=utf-8", body).status())
          .isEqualTo(202);
    }
  }

  @Test
  void whereNoBodyIsExpectedNoneIsTaken() throws IOException {
    try (Client client = Client.to(server)) {
      client.send("GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nGET /");
      isProblem(client.reply(), 400);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:9179",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "192.0.2.1",
        "0.0.0.0",
        "[::]",
        "127.1",
        ""
      })
  void aNameThatSomebodyElseChoseIsRefused(String host) throws IOException {
    String request = "GET /v1/names/a HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    Reply reply = raw(request);
    isProblem(reply, 403);
    assertThat(reply.detail()).contains("localhost");
  }

  @Test
  void kubeletMayProbeByWhateverName() throws IOException {
    assertThat(raw("GET /livez HTTP/1.1\r\nHost: node-1.example:9179\r\n\r\n").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:9179", "127.0.0.1", "127.8.8.8:1", "[::1]:9179"})
  void thisHostMayBeCalledByItsNames(String host) throws IOException {
    assertThat(raw("GET /v1/names/a HTTP/1.1\r\nHost: " + host + "\r\n\r\n").body()).isEqualTo("a");
  }

  @Test
  void aWebPageMayNotCommand() throws IOException {
    try (Client client = Client.to(server)) {
      isProblem(client.post(DRAIN, "{\"reason\":\"a\"}", "Origin: http://evil.example"), 403);
    }
    isProblem(Client.ask(server, "DELETE " + DRAIN, "Origin: null"), 403);
    assertThat(sample.drained).isEmpty();
  }

  @Test
  void noRefusalRepeatsWhatWasSent() throws IOException {
    Reply reply = Client.ask(server, "GET /v1/nowhere-to-be-found");
    assertThat(reply.body().toLowerCase(Locale.ROOT)).doesNotContain("nowhere");
  }
}
