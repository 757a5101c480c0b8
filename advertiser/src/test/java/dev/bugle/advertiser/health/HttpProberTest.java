package dev.bugle.advertiser.health;

import static dev.bugle.advertiser.health.LoopbackServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP in the clear, with servers that are well and ones that are not. */
@Timeout(120)
class HttpProberTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static Outcome ask(LoopbackServer server) throws InterruptedException {
    return Probing.once(Probing.http("http://127.0.0.1:" + server.port() + "/livez?a=b%20c"));
  }

  private static String told(String answer) throws IOException, InterruptedException {
    try (LoopbackServer server = LoopbackServer.saying(answer)) {
      Outcome outcome = ask(server);
      return (outcome.hasPassed() ? "+" : "-")
          + outcome.reason().replace("127.0.0.1:" + server.port(), "SERVER");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 200 OK\\r\\n\\r\\n                               | +status 200
          HTTP/1.0 200\\r\\n\\r\\n                                  | +status 200
          HTTP/1.1 200 OK\\n\\n                                     | +status 200
          HTTP/1.1 100 Continue\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n\\r\\n | +status 200
          HTTP/1.1 500 Oh\\r\\n\\r\\n                               | -status 500 from SERVER, expected 200
          HTTP/1.1 204 No\\r\\n\\r\\n                               | -status 204 from SERVER, expected 200
          HTTP/1.1 301 M\\r\\nLocation: http://127.0.0.1:1/\\r\\n\\r\\n | -status 301 from SERVER, expected 200
          HTTP/1.1 200 OK\\r\\nA: b\\r\\n                           | -SERVER closed the connection before its answer was complete
          HTTP/1.1 200                                              | -SERVER closed the connection before its answer was complete
          SSH-2.0-OpenSSH\\r\\n                                     | -SERVER does not answer in HTTP/1, but with 'SSH-2.0-OpenSSH'
          HTTP/1.1 200OK\\r\\n\\r\\n                                | -SERVER does not answer in HTTP/1, but with 'HTTP/1.1 200OK'
          """)
  void answerDecides(String answer, String outcome) throws Exception {
    assertThat(told(answer.replace("\\r", "\r").replace("\\n", "\n"))).isEqualTo(outcome);
  }

  @Test
  void controlCharactersOfTheServerDoNotReachTheLog() throws Exception {
    assertThat(told("\u001b[2J\u0000\u202e?\n")).doesNotContain("\u001b", "\u0000", "\u202e");
  }

  private static String request(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  @Test
  void requestIsWhatIsConfigured() throws Exception {
    try (LoopbackServer server = LoopbackServer.saying(OK)) {
      Probe.Http probe =
          new Probe.Http(
              HttpUrl.parse("http://127.0.0.1:" + server.port()),
              Probe.Http.Method.HEAD,
              List.of(new Probe.StatusRange(401, 401), new Probe.StatusRange(200, 299)),
              new HttpHeaders(Map.of("host", "www.example", "X-Check", "a b")),
              Probe.Credentials.NONE);
      assertThat(Probing.once(probe)).isEqualTo(Outcome.passed("status 200"));
      assertThat(ask(server).hasPassed()).isTrue();
      assertThat(server.requests)
          .containsExactly(
              request(
                  "HEAD / HTTP/1.1",
                  "User-Agent: bugle",
                  "host: www.example",
                  "X-Check: a b",
                  "Connection: close"),
              request(
                  "GET /livez?a=b%20c HTTP/1.1",
                  "Host: 127.0.0.1:" + server.port(), "User-Agent: bugle", "Connection: close"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void hostMayBeOfAnyFamilyOrAName(String address) throws Exception {
    try (LoopbackServer server = LoopbackServer.on(address, client -> write(client, OK))) {
      String literal = address.contains(":") ? "[" + address + "]" : address;
      for (String host : List.of(literal, "localhost")) {
        String url = "http://" + host + ":" + server.port();
        Outcome outcome = Probing.once(Probing.http(url));
        // Not every system knows localhost by its IPv6 address.
        boolean known =
            List.of(InetAddress.getAllByName("localhost")).contains(InetAddress.getByName(address));
        if (!host.equals("localhost") || known) {
          assertThat(outcome).as(url).isEqualTo(Outcome.passed("status 200"));
        }
      }
      assertThat(server.requests.get(0)).contains("Host: " + literal + ":" + server.port());
    }
  }

  @Test
  void refusedConnectionIsSaid() throws Exception {
    assertThat(Probing.once(Probing.http("http://127.0.0.1:1")))
        .isEqualTo(Outcome.failed("connection refused by 127.0.0.1:1"));
    assertThat(Probing.once(Probing.http("http://[::1]:1")))
        .isEqualTo(Outcome.failed("connection refused by [::1]:1"));
    assertThat(Probing.once(Probing.http("http://no-such-host.invalid/")))
        .isEqualTo(Outcome.failed("the name no-such-host.invalid is not known"));
  }

  @Test
  void serverThatSaysNothingIsGivenUp() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (LoopbackServer server = LoopbackServer.on("127.0.0.1", client -> never.await())) {
      Probing.assertOverdue(
          Probing.http("http://127.0.0.1:" + server.port()),
          "waiting for the answer of 127.0.0.1:" + server.port());
    }
  }

  @Test
  void serverThatSendsAByteNowAndThenIsGivenUp() throws Exception {
    try (LoopbackServer server =
        LoopbackServer.on(
            "127.0.0.1",
            client -> {
              write(client, "HTTP/1.1 200 OK\r\nA: ");
              while (true) {
                LockSupport.parkNanos(20_000_000);
                write(client, "a");
              }
            })) {
      long begun = System.nanoTime();
      Probing.assertOverdue(
          Probing.http("http://127.0.0.1:" + server.port()),
          "waiting for the answer of 127.0.0.1:" + server.port());
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
      Eventually.is(() -> !server.failures.isEmpty(), () -> "the connection is cut");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      })
  void bodyWithoutEndIsNotRead(String head) throws Exception {
    try (LoopbackServer server =
        LoopbackServer.on(
            "127.0.0.1",
            client -> {
              write(client, head);
              while (true) {
                write(client, "x".repeat(10_000));
              }
            })) {
      assertThat(ask(server)).isEqualTo(Outcome.passed("status 200"));
      Eventually.is(() -> !server.failures.isEmpty(), () -> "the connection is cut");
    }
  }

  @Test
  void headWithoutEndIsRefused() throws Exception {
    try (LoopbackServer server =
        LoopbackServer.on(
            "127.0.0.1",
            client -> {
              write(client, "HTTP/1.1 200 OK\r\n");
              while (true) {
                write(client, "A: " + "x".repeat(1000) + "\r\n");
              }
            })) {
      assertThat(ask(server).reason()).contains("is longer than 65536 bytes");
    }
    try (LoopbackServer server =
        LoopbackServer.on(
            "127.0.0.1",
            client -> {
              while (true) {
                write(client, "HTTP/1.1 100 Continue\r\n\r\n");
              }
            })) {
      assertThat(ask(server).reason()).contains("is longer than 65536 bytes");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ftp://host/            | found the scheme ftp; expected a URL that begins with
          localhost:8080/x       | found the scheme localhost; expected
          /livez                 | found no scheme; expected
          http:///livez          | found no host; expected
          http://:80/            | found no host; expected
          http://host:0/         | found the port 0; expected a port from 1
          http://host:65536/     | found the port 65536; expected
          http://u:pass@host/    | a user or a password in a URL would be seen
          http://pass@host_x/    | a user or a password in a URL would be seen
          http://pass wd/        | found what is no URL
          """)
  void urlThatCannotBeIsRefusedAndNotRepeated(String url, String message) {
    assertThatThrownBy(() -> HttpUrl.parse(url))
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("pass@")
        .hasMessageNotContaining("pass wd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Authorization  | Bearer sesame | Authorization is a secret
          content-length | 5             | content-length is for the check itself
          A b            | c             | found a name with characters
          A              | b\\nC: d      | the value of A is not printable ASCII
          """)
  void headerThatCannotBeIsRefused(String name, String value, String message) {
    assertThatThrownBy(() -> new HttpHeaders(Map.of(name, value.replace("\\n", "\n"))))
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("sesame");
  }
}
