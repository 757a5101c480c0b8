package dev.bugle.k8s.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.k8s.api.ApiConnection;
import dev.bugle.k8s.lease.LeaseAnswer.Conflict;
import dev.bugle.k8s.lease.LeaseAnswer.Failed;
import dev.bugle.k8s.lease.LeaseAnswer.Missing;
import dev.bugle.k8s.lease.LeaseAnswer.Stored;
import dev.bugle.k8s.lease.LeaseCall.Create;
import dev.bugle.k8s.lease.LeaseCall.Read;
import dev.bugle.k8s.lease.LeaseCall.Replace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer of the server is taken for. */
class LeaseApiTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Instant WALL = Instant.parse("2026-11-25T10:00:00.000001Z");
  private static final LeaseRecord TAKEN = LeaseRecord.blank().takenBy("a", 15, WALL, WALL);

  @TempDir private Path dir;
  private LeaseServer server;
  private ApiConnection api;
  private LeaseApi leases;

  @BeforeEach
  void open() throws IOException {
    server = LeaseServer.open();
    Path kubeconfig = LeaseServer.kubeconfig(dir.resolve("c"), server.port(), "first-token");
    api = new ApiConnection(Optional.of(kubeconfig));
    leases = new LeaseApi(api, new LeaseName(Optional.empty(), "vip"));
  }

  @AfterEach
  void close() {
    api.close();
    server.close();
  }

  private LeaseAnswer call(LeaseCall call) {
    return leases.call(call, PATIENCE);
  }

  private Failed failed(LeaseCall call) {
    LeaseAnswer answer = call(call);
    assertThat(answer).isInstanceOf(Failed.class);
    return (Failed) answer;
  }

  @Test
  void whatIsMadeIsReadAndChangedToTheMicrosecond() {
    StoredLease made = ((Stored) call(new Create(TAKEN))).lease();
    assertThat(made.record()).isEqualTo(TAKEN);
    assertThat(call(new Read())).isEqualTo(new Stored(made));
    LeaseRecord renewed = TAKEN.renewedAt(Instant.parse("2026-11-25T10:00:02Z"), 15);

    StoredLease changed = ((Stored) call(new Replace(made.version(), renewed))).lease();

    assertThat(changed.record()).isEqualTo(renewed);
    assertThat(changed.uid()).isEqualTo(made.uid());
    assertThat(changed.version()).isNotEqualTo(made.version());
  }

  @Test
  void ofTwoThatWriteOneConflicts() {
    assertThat(call(new Read())).isEqualTo(new Missing());
    StoredLease made = ((Stored) call(new Create(TAKEN))).lease();
    assertThat(call(new Create(TAKEN))).isEqualTo(new Conflict());
    server.touch("vip");
    assertThat(call(new Replace(made.version(), TAKEN))).isEqualTo(new Conflict());
    server.delete("vip");
    assertThat(call(new Replace(made.version(), TAKEN))).isEqualTo(new Missing());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 429})
  void aFailureIsOneRequestOfHttp11AndSaysHowLongToWait(int code) {
    server.fault(LeaseServer.status(code, "Retry-After", "7"));

    Failed failed = failed(new Read());

    assertThat(failed.reason()).contains("the Lease vip", String.valueOf(code));
    assertThat(failed.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(server.requests).hasSize(1).noneMatch(LeaseServer.Seen::wantsHttp2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "99999999999999999999", "Wed, 25 Nov 2026 10:00:00 GMT", ""})
  void aRetryAfterThatIsNoNumberOfSecondsIsNone(String text) {
    server.fault(LeaseServer.status(429, "Retry-After", text));

    assertThat(failed(new Read()).retryAfter()).isEmpty();
  }

  @Test
  void whoMayNotIsToldWhichRoleItNeeds() {
    server.fault(LeaseServer.status(403));
    assertThat(failed(new Read()).reason())
        .contains("get, create and update of leases in the namespace kube-system");
  }

  @Test
  void aNamespaceThatIsNotThereIsNamed() {
    LeaseApi elsewhere = new LeaseApi(api, new LeaseName(Optional.of("nowhere"), "vip"));
    assertThat(elsewhere.call(new Read(), PATIENCE)).isEqualTo(new Missing());
    assertThat(((Failed) elsewhere.call(new Create(TAKEN), PATIENCE)).reason())
        .contains("no namespace nowhere");
  }

  @Test
  void whatTheServerSaysIsPassedOnWithoutItsToken() {
    server.fault(LeaseServer.status(422));
    assertThat(failed(new Create(TAKEN)).reason())
        .endsWith("422: as the test wants")
        .doesNotContain("first-token");
  }

  @Test
  void aBodyWithoutEndIsGivenUp() {
    server.fault(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] part = new byte[1 << 16];
          try {
            while (true) {
              exchange.getResponseBody().write(part);
            }
          } catch (IOException e) {
            exchange.close(); // The client has had enough.
          }
          return true;
        });

    assertThat(failed(new Read()).reason()).contains("longer than");
  }

  @Test
  void aLeaseWithoutAVersionIsNotTakenForOne() {
    server.fault(LeaseServer.status(200));
    assertThat(failed(new Read()).reason()).contains("cannot be used");
  }
}
