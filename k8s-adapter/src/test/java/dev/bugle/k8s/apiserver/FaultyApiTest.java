package dev.bugle.k8s.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be wrong on the way to the API server is wrong when a test wants it, and not after. */
@Timeout(60)
class FaultyApiTest {

  private static final String PATH = ResourceKind.LEASE.path("default");

  private final ApiServer server = ApiServer.open();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final FaultyApi api = FaultyApi.before(server.uri(), client, new Random(1));
  private final FaultyWire wire = FaultyWire.listen(InetAddress.getLoopbackAddress(), api.port());

  @AfterEach
  void close() {
    wire.close();
    api.close();
    server.close();
  }

  private HttpRequest request(String query, Duration patience) {
    URI uri = URI.create("http://127.0.0.1:" + wire.address().getPort() + PATH + query);
    return HttpRequest.newBuilder(uri)
        .header("Authorization", "Bearer " + server.adminToken())
        .timeout(patience)
        .build();
  }

  private HttpResponse<String> get() throws IOException, InterruptedException {
    return client.send(request("", Duration.ofSeconds(20)), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void answersAreTheServersUnlessTheyAreRefused() throws Exception {
    List<FaultyApi.Seen> seen = new CopyOnWriteArrayList<>();
    api.tell(seen::add);
    assertThat(get().statusCode()).isEqualTo(200);
    assertThat(seen).hasSize(1).allMatch(one -> one.answered() > one.arrived());

    api.befall(Trouble.refused(429, 7));
    HttpResponse<String> refused = get();
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("7");
    api.befall(Trouble.expiredToken());
    assertThat(get().statusCode()).isEqualTo(401);
    api.befall(Trouble.late(Duration.ofMillis(200)));
    long start = System.nanoTime();
    assertThat(get().statusCode()).isEqualTo(200);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000);
    api.befall(Trouble.NONE);
    assertThat(get().statusCode()).isEqualTo(200);
    assertThat(seen).as("what it refuses never comes there").hasSize(4);
  }

  @Test
  void aBodyThatDripsHasItsHeadAtOnceAndItsEndLate() throws Exception {
    String whole = get().body();
    api.befall(Trouble.dripping(Duration.ofMillis(400)));
    long start = System.nanoTime();
    HttpResponse<InputStream> answer =
        client.send(request("", Duration.ofSeconds(20)), HttpResponse.BodyHandlers.ofInputStream());
    String body = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(400_000_000);
    assertThat(body).isEqualTo(whole);
  }

  @Test
  void aShareOfTheRequestsIsBefallen() throws Exception {
    api.befall(Trouble.refused(500).sometimes(0.5));
    int refused = 0;
    for (int i = 0; i < 40; i++) {
      refused += get().statusCode() == 500 ? 1 : 0;
    }
    assertThat(refused).isBetween(8, 32);
  }

  @Test
  void aWireCutsAndLosesUntilItIsMended() throws Exception {
    wire.cut();
    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    wire.mend();
    assertThat(get().statusCode()).isEqualTo(200);
    wire.lose();
    assertThatThrownBy(
            () ->
                client.send(
                    request("", Duration.ofMillis(300)), HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
    wire.mend();
    assertThat(get().statusCode()).isEqualTo(200);
  }

  @Test
  void aWatchIsCarriedLineByLineAndDropped() throws Exception {
    server.bookmarksEvery(Duration.ofMillis(50));
    HttpResponse<InputStream> watch =
        client.send(
            request("?watch=true&allowWatchBookmarks=true", Duration.ofSeconds(20)),
            HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8))) {
      assertThat(in.readLine()).contains("BOOKMARK");
      assertThat(in.readLine()).contains("BOOKMARK");

      api.dropWatches();

      assertThatThrownBy(
              () -> {
                while (in.readLine() != null) {
                  // What was on its way.
                }
                throw new IOException("ended");
              })
          .isInstanceOf(IOException.class);
    }
  }
}
