package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bugle.advertiser.addresses.AddressBinder;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.ConfigFile;
import dev.bugle.advertiser.config.InvalidConfigException;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.TcpMd5;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A file that is reloaded with one difference: what comes of that, and that nothing comes of it for
 * the VIP A and the router on 127.0.0.1, which are as before.
 */
@Timeout(60)
class ReloadedFileTest {

  private static final String A = "203.0.113.1/32";
  private static final String B = "203.0.113.2/32";
  private static final String VIP_A = "{prefix: 203.0.113.1/32, leadership: always, med: 1}";
  private static final String VIP_B = "{prefix: 203.0.113.2/32, leadership: always, med: 2}";

  private final WitnessRouter router = new WitnessRouter();
  @TempDir private Path dir;

  @AfterEach
  void closeRouter() {
    router.close();
  }

  private AdvertiserConfig file(String... lines) throws InvalidConfigException {
    return file(new Beside("", ""), lines);
  }

  /** What is in the speaker's section and in the list of peers beside what is always there. */
  private record Beside(String speaker, String peers) {}

  private AdvertiserConfig file(Beside beside, String... lines) throws InvalidConfigException {
    String always =
        """
        speaker: {local-as: 65001, router-id: 192.0.2.1%s}
        peers: [{address: 127.0.0.1, port: %d, remote-as: 65000}%s]
        drain: {time: 0s}
        """
            .formatted(beside.speaker(), router.port(), beside.peers());
    return ConfigFile.parse("bugle.yaml", always + String.join("\n", lines));
  }

  private static String vips(String... all) {
    return "vips: [" + String.join(", ", all) + "]";
  }

  private static Beside password(String peer, Path file) {
    return new Beside("", peer.formatted(file));
  }

  /** VIP B with that added. */
  private static String vipB(String more) {
    return VIP_B.replace("}", ", " + more + "}");
  }

  private static List<String> texts(ReloadReport report) {
    assertThat(report.failures()).isEmpty();
    return report.changes().stream().map(Object::toString).toList();
  }

  private static List<String> refusals(Advertiser advertiser, AdvertiserConfig next) {
    return catchThrowableOfType(ReloadRefusedException.class, () -> advertiser.reload(next))
        .reasons();
  }

  private void sees(String... what) throws InterruptedException {
    assertThat(router.see(what.length)).containsExactlyInAnyOrder(what);
  }

  /** Whatever was sent by now would be seen before the answer to this. */
  private void seesNoMore(Advertiser advertiser) throws InterruptedException {
    advertiser.drain(A, "to see what comes before it");
    sees("-" + A);
    advertiser.undrain(A);
    sees("+" + A + " MED 1");
  }

  private static boolean says(Advertiser advertiser, String text) {
    return advertiser.decisions().toString().contains(text);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theFirstVipThatIsBoundOpensWhatBindsAndTouchesNoOther() throws Exception {
    String ledger = "address-ledger: " + dir.resolve("ledger");
    Path lock = dir.resolve("ledger.lock");
    AdvertiserConfig unbound = file(ledger, vips(VIP_A, VIP_B));
    AdvertiserConfig bound = file(ledger, vips(VIP_A, vipB("bind: none0")));
    try (Advertiser advertiser = Advertiser.start(unbound)) {
      sees("up", "+" + A + " MED 1", "+" + B + " MED 2");
      assertThat(lock).doesNotExist();

      try (AddressBinder another =
          AddressBinder.open(dir.resolve("ledger"), Ticker.system(), () -> {})) {
        assertThat(another.snapshot()).isEmpty();
        assertThat(refusals(advertiser, bound))
            .singleElement()
            .asString()
            .contains(lock.toString(), "is held by");
      }
      seesNoMore(advertiser);

      assertThat(texts(advertiser.reload(bound)))
          .containsExactly("vips: " + B + " changed: what it needs");
      sees("-" + B);
      assertThat(lock).exists();
      Eventually.is(() -> says(advertiser, "there is no interface none0"), advertiser::decisions);

      assertThat(refusals(advertiser, file("address-ledger: /run/b/other", vips(VIP_A, VIP_B))))
          .singleElement()
          .asString()
          .startsWith("address-ledger: is " + dir.resolve("ledger") + ", wanted /run/b/other");
      advertiser.reload(unbound);
      sees("+" + B + " MED 2");
      Eventually.is(() -> advertiser.status().addresses().isEmpty(), advertiser::status);
      seesNoMore(advertiser);
    }
  }

  @Test
  void aCheckComesIsTimedOtherwiseProbesOtherwiseAndGoes() throws Exception {
    Path healthy = Files.createFile(dir.resolve("healthy"));
    String check = "health: {c: {type: exec, command: [test, -f, %s], interval: %s}}";
    String checked = vips(VIP_A, vipB("health: c"));
    try (Advertiser advertiser = Advertiser.start(file(vips(VIP_A, VIP_B)))) {
      sees("up", "+" + A + " MED 1", "+" + B + " MED 2");

      AdvertiserConfig first = file(check.formatted(healthy, "200ms"), checked);
      assertThat(texts(advertiser.reload(first)))
          .containsExactly("vips: " + B + " changed: what it needs", "health: c added");
      sees("-" + B);
      sees("+" + B + " MED 2"); // when it has passed often enough

      AdvertiserConfig slower = file(check.formatted(healthy, "300ms"), checked);
      assertThat(texts(advertiser.reload(slower)))
          .containsExactly("health: c changed: its state stays");
      seesNoMore(advertiser);

      Path other = dir.resolve("other");
      AdvertiserConfig elsewhere = file(check.formatted(other, "200ms"), checked);
      assertThat(texts(advertiser.reload(elsewhere)))
          .containsExactly("health: c changed: it begins anew, unknown at first");
      sees("-" + B);
      Eventually.is(() -> says(advertiser, "health c: down"), advertiser::decisions);
      Files.createFile(other);
      sees("+" + B + " MED 2");

      assertThat(texts(advertiser.reload(file(vips(VIP_A, VIP_B)))))
          .containsExactly("vips: " + B + " changed: what it needs", "health: c removed");
      assertThat(advertiser.status().health()).isEmpty();
      Files.delete(other);
      seesNoMore(advertiser);
    }
  }

  /** Its content may change while the session stays; see AdvertiserPasswordTest. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void anotherPasswordFileBeginsThatSessionAnewAndOneThatIsNotThereChangesNothing()
      throws Exception {
    Path one = Files.writeString(dir.resolve("one"), "the first\n");
    Path two = dir.resolve("two");
    try (WitnessRouter locked =
        new WitnessRouter(
            "127.78.1.2",
            PeerConfig.builder("127.78.1.1", 65001)
                .passive(true)
                .authentication(TcpMd5.of("the first"))
                .build())) {
      String peer =
          ", {address: 127.78.1.2, local-address: 127.78.1.1, port: %d, remote-as: 65000,"
                  .formatted(locked.port())
              + " connect-retry: 1s, password: {file: %s}}";
      String vips = vips(VIP_A);
      try (Advertiser advertiser = Advertiser.start(file(password(peer, one), vips))) {
        sees("up", "+" + A + " MED 1");
        assertThat(locked.see(2)).containsExactly("up", "+" + A + " MED 1");

        assertThat(refusals(advertiser, file(password(peer, two), vips)))
            .singleElement()
            .asString()
            .contains("127.78.1.2: cannot apply TCP MD5: key file " + two);

        Files.writeString(two, "the first\n");
        assertThat(texts(advertiser.reload(file(password(peer, two), vips))))
            .containsExactly("peers: 127.78.1.2 changed: the connection; the session begins anew");
        assertThat(locked.see(4))
            .containsExactly(
                "Cease/Other Configuration Change (6/6)", "down", "up", "+" + A + " MED 1");

        // From now on the second one counts, and the first does not.
        Files.writeString(one, "of no interest\n");
        locked.password("the third");
        Files.writeString(two, "the third\n");
        advertiser.reload(file(password(peer, two), vips(VIP_A, VIP_B)));
        assertThat(locked.see(1)).containsExactly("+" + B + " MED 2");
        sees("+" + B + " MED 2");
        seesNoMore(advertiser);
      }
    }
  }

  @Test
  void aRangeOfDynamicPeersIsLimitedOfferedMovedAndTakenAway() throws Exception {
    int port = freePort();
    Beside listens = new Beside(", listen: \"127.78.2.1:%d\"".formatted(port), "");
    String range = "dynamic-peers: [{prefix: %s, remote-as: 65000, %s}]";
    String vips = vips(VIP_A);
    try (Advertiser advertiser =
            Advertiser.start(file(listens, range.formatted("127.78.2.0/28", "limit: 9"), vips));
        WitnessRouter dynamic =
            new WitnessRouter(
                "127.78.2.9",
                PeerConfig.builder("127.78.2.1", 65001)
                    .port(port)
                    .localAddress("127.78.2.9")
                    .connectRetry(Duration.ofSeconds(1))
                    .build())) {
      sees("up", "+" + A + " MED 1");
      assertThat(dynamic.see(2)).containsExactly("up", "+" + A + " MED 1");

      assertThat(
              texts(
                  advertiser.reload(
                      file(listens, range.formatted("127.78.2.0/28", "limit: 1"), vips))))
          .containsExactly("dynamic-peers: 127.78.2.0/28 changed: its sessions stay");
      seesNoMore(advertiser);
      assertThat(dynamic.see(2)).containsExactly("-" + A, "+" + A + " MED 1");

      assertThat(
              texts(
                  advertiser.reload(
                      file(
                          listens,
                          range.formatted("127.78.2.0/28", "limit: 1, hold-time: 30s"),
                          vips))))
          .containsExactly("dynamic-peers: 127.78.2.0/28 changed: its sessions begin anew");
      assertThat(dynamic.see(4))
          .containsExactly(
              "Cease/Other Configuration Change (6/6)", "down", "up", "+" + A + " MED 1");

      assertThat(
              texts(
                  advertiser.reload(
                      file(listens, range.formatted("127.78.2.0/29", "limit: 1"), vips))))
          .containsExactly(
              "dynamic-peers: 127.78.2.0/28 removed", "dynamic-peers: 127.78.2.0/29 added");
      assertThat(dynamic.see(2)).containsExactly("Cease/Peer De-configured (6/3)", "down");
      seesNoMore(advertiser);
      assertThat(advertiser.status().bgp().peers()).hasSize(1);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.78.2.1"))) {
      return socket.getLocalPort();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          off                                                         | admin:
          {listen: "127.0.0.1:9180"}                                  | admin.listen:
          {listen: ["127.0.0.1:9179", "unix:/run/b.sock"]}            | admin.listen:
          {listen: "127.0.0.1:9179", token-file: /run/t}              | admin.token-file:
          {listen: "127.0.0.1:9179", tls: {certificate-file: /c, key-file: /k}} | admin.tls:
          """)
  void anotherAdminServerIsRefusedByNameWithAllElse(String admin, String key) throws Exception {
    String now = "admin: {listen: \"127.0.0.1:9179\"}";
    try (Advertiser advertiser = Advertiser.start(file(now, vips(VIP_A)))) {
      sees("up", "+" + A + " MED 1");

      assertThat(refusals(advertiser, file("admin: " + admin, vips(VIP_A, VIP_B))))
          .singleElement()
          .asString()
          .startsWith(key + " is ")
          .contains(", wanted ")
          .endsWith("restart the program, or take it back");

      advertiser.reload(file(now, vips(VIP_A)));
      seesNoMore(advertiser);
    }
  }
}
