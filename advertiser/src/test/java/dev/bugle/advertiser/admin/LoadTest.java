package dev.bugle.advertiser.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.Eventually;
import dev.bugle.advertiser.admin.Client.Reply;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that are many, slow, or greedy. */
class LoadTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final Sample sample = new Sample();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private AdminServer server(Limits limits) {
    AdminServer server = sample.open(limits);
    open.add(server);
    return server;
  }

  private Client client(AdminServer server) throws IOException {
    Client client = Client.to(server);
    open.add(0, client);
    return client;
  }

  @Test
  void aThousandIdleConnectionsSlowNobodyDown() throws IOException {
    AdminServer server = server(new Limits(LONG, LONG, LONG, LONG, 2048));
    List<Client> idle = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      idle.add(client(server));
      if (i % 2 == 0) {
        idle.get(i).send("GET /livez HTT"); // Half of them began to ask.
      }
    }
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      long begin = System.nanoTime();
      assertThat(Client.ask(server, "GET /livez").status()).isEqualTo(200);
      nanos.add(System.nanoTime() - begin);
    }
    nanos.sort(Long::compare);
    // On a busy machine, too; it is well below a millisecond on an idle one.
    assertThat(Duration.ofNanos(nanos.get(100))).as("median").isLessThan(Duration.ofMillis(500));
    for (Client client : idle) {
      assertThat(client.isOpen()).isTrue();
    }
    idle.get(0).send("P/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(idle.get(0).reply().status()).as("one that goes on").isEqualTo(200);
  }

  @Test
  void oneTooManyTakesThePlaceOfTheLongestIdle() throws IOException {
    AdminServer server = server(new Limits(LONG, LONG, LONG, LONG, 3));
    Client first = client(server);
    Client second = client(server);
    Client third = client(server);
    assertThat(second.request("GET /livez").status()).isEqualTo(200);
    assertThat(third.request("GET /livez").status()).isEqualTo(200);
    assertThat(first.request("GET /livez").status()).isEqualTo(200); // The latest of them now.
    assertThat(client(server).request("GET /livez").status()).isEqualTo(200);
    assertThat(second.isClosed()).isTrue();
    assertThat(third.request("GET /livez").status()).isEqualTo(200);
    assertThat(first.request("GET /livez").status()).isEqualTo(200);
  }

  @Test
  void busyConnectionsAreNotTakenAway() throws IOException {
    AdminServer server = server(new Limits(LONG, LONG, LONG, LONG, 2));
    List<Client> busy = List.of(client(server), client(server));
    for (Client client : busy) {
      client.send("GET /v1/later HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    Eventually.is(() -> sample.later.getNumberOfDependents() == 2, () -> "the handlers");
    assertThat(client(server).isClosed()).isTrue();
    sample.later.complete(new Answer.Text(200, "text/plain", "done"));
    for (Client client : busy) {
      assertThat(client.reply().body()).isEqualTo("done");
    }
    assertThat(client(server).request("GET /livez").status()).isEqualTo(200);
  }

  @Test
  void aConnectionWithoutRequestsIsClosed() throws IOException {
    AdminServer server = server(new Limits(Duration.ofMillis(50), LONG, LONG, LONG, 10));
    assertThat(client(server).isClosed()).isTrue();
    // The time runs from when it is accepted, and the request must be there before it is over.
    Client used = client(server(new Limits(Duration.ofSeconds(2), LONG, LONG, LONG, 10)));
    used.request("GET /livez");
    assertThat(used.isClosed()).isTrue();
  }

  @Test
  void aRequestThatComesInDropsIsEnded() throws Exception {
    AdminServer server = server(new Limits(LONG, Duration.ofMillis(300), LONG, LONG, 10));
    for (String begin :
        List.of(
            "GET /livez HTTP/1.1\r\nHost: localhost\r\n",
            String.join(
                "\r\n",
                "POST /v1/vips/192.0.2.1/drain HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: 60000",
                "",
                ""))) {
      Client slow = client(server);
      slow.send(begin);
      CompletableFuture<Void> dripping = CompletableFuture.runAsync(() -> drip(slow));
      Reply reply = slow.reply();
      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.detail()).contains("in time");
      assertThat(slow.isClosed()).isTrue();
      dripping.join();
    }
    assertThat(sample.drained).isEmpty();
  }

  /** One octet after the other, faster than any limit between two of them, until it is closed. */
  private static void drip(Client client) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < end) {
      try {
        client.send("a");
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      } catch (SocketException closed) {
        return;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("the server waited for longer than 20 seconds");
  }

  @Test
  void whoDoesNotReadTheAnswerIsClosed() throws IOException {
    sample.metrics = "x".repeat(8 * 1024 * 1024);
    AdminServer server = server(new Limits(LONG, LONG, LONG, Duration.ofMillis(300), 10));
    Client lazy = client(server);
    lazy.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(lazy.line()).isEqualTo("HTTP/1.1 200 OK");
    Eventually.is(
        () -> {
          try {
            lazy.send("x");
            return false;
          } catch (IOException closed) {
            return true;
          }
        },
        () -> "the connection is still open");
  }

  @Test
  void answersThatNobodyReadsDoNotFillTheMemory() throws IOException {
    sample.metrics = "x".repeat(12 * 1024 * 1024);
    AdminServer server = server(new Limits(LONG, LONG, LONG, LONG, 10));
    Client lazy = client(server);
    lazy.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(lazy.line()).isEqualTo("HTTP/1.1 200 OK");
    Reply reply = Client.ask(server, "GET /metrics");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(Client.ask(server, "GET /livez").status()).isEqualTo(200);
    lazy.close();
    Eventually.is(
        () -> {
          try {
            return Client.ask(server, "GET /metrics").status() == 200;
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        },
        () -> "what the client that left had not read is still held");
  }

  @Test
  void whoSendsTooFarAheadIsAnsweredForWhatWasTaken() throws IOException {
    AdminServer server = server(Limits.DEFAULT);
    Client greedy = client(server);
    String get = "GET /v1/later HTTP/1.1\r\nHost: localhost\r\n\r\n";
    greedy.send(get.repeat(100));
    Eventually.is(() -> sample.later.getNumberOfDependents() > 0, () -> "the handler");
    sample.later.complete(new Answer.Text(200, "text/plain", "a"));
    int answers = 0;
    Reply reply;
    do {
      reply = greedy.reply();
      assertThat(reply.body()).isEqualTo("a");
      answers++;
    } while (!"close".equals(reply.headers().get("connection")));
    assertThat(answers).isBetween(1, 1 + Limits.MAX_AHEAD / 2);
    assertThat(greedy.isClosed()).isTrue();
  }
}
