package dev.bugle.advertiser.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.Eventually;
import dev.bugle.advertiser.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events to clients that read, and to those that do not. */
class EventStreamTest {

  private final Sample sample = new Sample();
  private final AdminServer server = sample.open();

  @AfterEach
  void close() {
    server.close();
  }

  private Client subscribed() throws IOException {
    Client client = Client.to(server);
    client.send("GET /v1/events HTTP/1.0\r\nHost: localhost\r\n\r\n");
    while (!client.line().isEmpty()) {}
    assertThat(client.line()).isEqualTo("retry: 2000");
    client.line();
    assertThat(client.line()).isEqualTo("event: snapshot");
    return client;
  }

  @Test
  void aSnapshotComesFirstAndThenWhatHappens() throws IOException {
    sample.stream.publish("before", Json.of(0));
    try (Client client = subscribed()) {
      assertThat(client.line()).isEqualTo("id: 1");
      assertThat(client.line()).isEqualTo("data: {\"state\":\"as it is\"}");
      client.line();
      sample.stream.publish("vip-changed", Json.of("two\nlines"));
      assertThat(client.line()).isEqualTo("event: vip-changed");
      assertThat(client.line()).isEqualTo("id: 2");
      assertThat(client.line()).isEqualTo("data: \"two\\nlines\"");
    }
  }

  @Test
  void clientsOfTodayGetTheStreamInChunks() throws IOException {
    try (Client client = Client.to(server)) {
      client.send("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
      List<String> head = new ArrayList<>();
      for (String line = client.line(); !line.isEmpty(); line = client.line()) {
        head.add(line);
      }
      assertThat(head)
          .contains("content-type: text/event-stream", "transfer-encoding: chunked")
          .contains("cache-control: no-store");
      assertThat(client.line()).isEqualTo("d");
      assertThat(client.line()).isEqualTo("retry: 2000");
      server.close();
      List<String> rest = new ArrayList<>();
      while (rest.isEmpty() || !rest.get(rest.size() - 1).equals("0")) {
        rest.add(client.line());
      }
      assertThat(client.line()).as("the end of the last chunk").isEmpty();
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void allSubscribersHearTheSame() throws IOException {
    try (Client one = subscribed();
        Client two = subscribed()) {
      sample.stream.publish("x", Json.of(1));
      for (Client client : List.of(one, two)) {
        while (!client.line().equals("event: x")) {}
        assertThat(client.line()).isEqualTo("id: 1");
      }
    }
  }

  @Test
  void whoLeavesIsForgotten() throws IOException {
    Client client = subscribed();
    assertThat(sample.stream.subscribers()).isEqualTo(1);
    client.close();
    Eventually.is(() -> sample.stream.subscribers() == 0, sample.stream::subscribers);
  }

  @Test
  void oneTooManyIsRefused() throws IOException {
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < EventStream.MAX_SUBSCRIBERS; i++) {
        clients.add(subscribed());
      }
      Client.Reply reply = Client.ask(server, "GET /v1/events");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.detail()).contains("32 readers");
      assertThat(Client.ask(server, "GET /livez").status()).isEqualTo(200);
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void whoDoesNotReadIsDisconnectedAndDelaysNobody() throws IOException {
    try (Client sleeping = subscribed();
        Client reading = subscribed()) {
      Json large = Json.of("x".repeat(4096));
      // Far more than all that is between the two ends can hold.
      for (int i = 1; sample.stream.subscribers() == 2; i++) {
        assertThat(i).as("events that were published").isLessThan(100_000);
        sample.stream.publish("large", large);
        while (!reading.line().equals("id: " + i)) {}
      }
      assertThat(sample.stream.subscribers()).isEqualTo(1);
      assertThat(sleeping.isClosed()).isTrue();
      sample.stream.publish("after", Json.of(1));
      while (!reading.line().equals("event: after")) {}
    }
  }

  @Test
  void aQueueIsBoundedInEventsAndOctets() {
    Subscription many = new Subscription(() -> {}, gone -> {});
    for (int i = 0; i < Subscription.MAX_EVENTS; i++) {
      many.offer(new byte[1]);
    }
    assertThat(many.hasOverflowed()).isFalse();
    many.offer(new byte[1]);
    assertThat(many.hasOverflowed()).isTrue();
    assertThat(many.poll()).as("what is not wanted any more").isEmpty();

    Subscription large = new Subscription(() -> {}, gone -> {});
    large.first(new byte[2 * Subscription.MAX_OCTETS]);
    large.offer(new byte[Subscription.MAX_OCTETS]);
    assertThat(large.hasOverflowed()).isFalse();
    assertThat(large.poll().map(first -> first.length))
        .isEqualTo(Optional.of(2 * Subscription.MAX_OCTETS));
    large.offer(new byte[1]);
    assertThat(large.hasOverflowed()).isTrue();
  }

  @Test
  void aReaderIsWokenOnceUntilItComes() {
    List<String> calls = new ArrayList<>();
    Subscription subscription = new Subscription(() -> calls.add("wake"), gone -> {});
    subscription.offer(new byte[1]);
    subscription.offer(new byte[1]);
    assertThat(calls).hasSize(1);
    subscription.awake();
    subscription.offer(new byte[1]);
    assertThat(calls).hasSize(2);
  }

  @Test
  void namesThatWouldBreakTheStreamAreRefused() {
    assertThatThrownBy(() -> sample.stream.publish("a\ndata: b", Json.of(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
