package dev.bugle.k8s.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bugle.advertiser.cli.Main;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.wire.message.UpdateMessage;
import dev.bugle.k8s.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program on a node whose API server is not up yet, as a static pod starts: first there is
 * neither a kubeconfig nor an API server, then a kubeconfig, then a server that refuses.
 */
@Timeout(240)
class StaticPodTest {

  private final List<AutoCloseable> open = new ArrayList<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  @TempDir private Path dir;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private Process program(int bgp, int livez) throws IOException {
    Path config =
        Files.writeString(
            dir.resolve("bugle.yaml"),
            """
            speaker: {local-as: 65001, router-id: 192.0.2.1}
            peers: [{address: 127.0.0.1, port: %d, remote-as: 65000}]
            leadership:
              control-plane:
                type: kubernetes-lease
                name: vip
                kubeconfig: %s
                lease-duration: 3s
                renew-deadline: 2s
                retry-period: 300ms
            health: {apiserver: {type: http, url: "http://127.78.6.1:%d/livez", interval: 250ms}}
            vips: [{prefix: 203.0.113.10/32, leadership: control-plane, health: apiserver}]
            drain: {time: 0s}
            admin: off
            """
                .formatted(bgp, dir.resolve("kubeconfig"), livez));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("log").toFile())
            .start();
    open.add(() -> process.destroyForcibly().waitFor());
    return process;
  }

  private BgpSpeaker router() {
    BgpSpeaker router =
        BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen("127.0.0.1", 0).build());
    open.add(router);
    router.peer(
        PeerConfig.builder("127.0.0.1", 65001).passive(true).build(),
        new PeerListener() {
          @Override
          public void updateReceived(Peer peer, UpdateMessage update) {
            update.announced().values().forEach(all -> all.forEach(n -> told.add("+" + n)));
            update.withdrawn().values().forEach(all -> all.forEach(n -> told.add("-" + n)));
          }
        });
    return router;
  }

  private HttpServer livez(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.78.6.1"), port), 0);
    server.createContext(
        "/livez",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    open.add(() -> server.stop(0));
    return server;
  }

  /** Of an address that no other test uses, so that it stays free until it is wanted. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.78.6.1"))) {
      return socket.getLocalPort();
    }
  }

  private String log() {
    try {
      return Files.readString(dir.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A whole process has to start, on a machine that may be busy. */
  private void awaitLog(String words) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!log().contains(words)) {
      assertThat(System.nanoTime()).as("'%s' in %s", words, log()).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Test
  void itRunsWithoutAnApiAndAnnouncesWhenItsServerIsWellAndTheLeaseIsWon() throws Exception {
    LeaseServer api = LeaseServer.open();
    open.add(api);
    api.token("t");
    api.fault(LeaseServer.status(503));
    int livez = freePort();
    Process process = program(router().listenAddresses().get(0).getPort(), livez);

    awaitLog("-> ESTABLISHED");
    awaitLog("health apiserver: UNKNOWN -> DOWN");
    livez(livez);
    awaitLog("kubeconfig cannot be used");
    assertThat(api.requests).as("before there is a kubeconfig").isEmpty();

    long begun = System.nanoTime();
    LeaseServer.kubeconfig(dir.resolve("kubeconfig"), api.port(), "t");
    Eventually.is(() -> api.requests.size() >= 6, this::log);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .as("five pauses of 300 ms, less a fifth")
        .isGreaterThan(Duration.ofMillis(1100));
    assertThat(told).as("while the API refuses").isEmpty();

    api.noFault();
    assertThat(told.poll(60, TimeUnit.SECONDS)).as(log()).isEqualTo("+203.0.113.10/32");
    assertThat(api.holder("vip")).isNotEmpty();

    process.destroy();
    assertThat(told.poll(60, TimeUnit.SECONDS)).as(log()).isEqualTo("-203.0.113.10/32");
    assertThat(process.waitFor()).as(log()).isZero();
    assertThat(api.holder("vip")).as("released").isEmpty();
    assertThat(log().lines().count()).as("no busy loop: %s", log()).isLessThan(60);
  }
}
