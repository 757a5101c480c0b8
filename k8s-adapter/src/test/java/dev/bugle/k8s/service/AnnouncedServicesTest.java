package dev.bugle.k8s.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.Advertiser;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.message.UpdateMessage;
import dev.bugle.k8s.Eventually;
import dev.bugle.k8s.lease.LeaseTerms;
import dev.bugle.k8s.service.ServicesConfig.Checks;
import dev.bugle.k8s.service.ServicesConfig.Contact;
import dev.bugle.k8s.service.ServicesConfig.Defaults;
import dev.bugle.k8s.service.ServicesConfig.Leases;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services, from the API server to a router. */
class AnnouncedServicesTest {

  private static final String WEB = "203.0.113.10/32";

  /** Nothing is lost because the machine is busy; what is free is had at once all the same. */
  private static final LeaseTerms LASTING =
      new LeaseTerms(Duration.ofSeconds(60), Duration.ofSeconds(40), Duration.ofMillis(100));

  @TempDir private Path dir;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final BgpSpeaker router =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen("127.0.0.1", 0).build());
  private volatile long lastSeen;
  private ClusterServer server;

  @BeforeEach
  void open() throws Exception {
    server = ClusterServer.open();
    server.releasedLease("bugle-services");
    router.peer(
        PeerConfig.builder("127.0.0.1", 65001).passive(true).build(),
        new PeerListener() {
          @Override
          public void updateReceived(Peer peer, UpdateMessage update) {
            lastSeen = System.nanoTime();
            update.withdrawn().values().forEach(all -> all.forEach(p -> seen.add("-" + p)));
            update.announced().values().forEach(all -> all.forEach(p -> seen.add("+" + p)));
          }
        });
  }

  @AfterEach
  void close() {
    router.close();
    server.close();
  }

  private Advertiser start() throws Exception {
    ServicesConfig services =
        new ServicesConfig(
            Optional.of(server.kubeconfig(dir.resolve("kubeconfig"), "first-token")),
            Optional.of("n1"),
            Readers.OURS,
            new Defaults("none", Duration.ZERO, false),
            new Checks(
                true,
                Duration.ofMillis(10),
                Optional.empty(),
                Optional.of(IpAddress.parse("127.0.0.1"))),
            new Leases(Optional.of("kube-system"), Optional.of("bugle-services"), LASTING),
            new Contact(Duration.ofSeconds(60), Optional.empty()));
    PeerConfig peer =
        PeerConfig.builder("127.0.0.1", 65000)
            .port(router.listenAddresses().get(0).getPort())
            .build();
    return Advertiser.start(
        AdvertiserConfig.builder(SpeakerConfig.builder(65001, "192.0.2.1").build())
            .peers(Neighbor.of(peer))
            .source("cluster", services)
            .build());
  }

  private void sees(String... what) {
    Eventually.is(() -> seen.equals(List.of(what)), () -> seen);
  }

  private void endpoints(String... endpoints) {
    server.slice(ServiceJson.slice("web-1", "web", "IPv4", endpoints));
  }

  private static void await(Advertiser advertiser, String vip, String reason) {
    Eventually.is(
        () ->
            advertiser.decisions().stream()
                .anyMatch(one -> one.vip().name().equals(vip) && one.toString().contains(reason)),
        advertiser::decisions);
  }

  @Test
  void aServiceIsWithdrawnWhileItsOwnCheckIsDown() throws Exception {
    // Nobody accepts: all that come before the route is seen must find room.
    try (ServerSocket probed = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress())) {
      server.service(
          ServiceJson.of("web")
              .ip("203.0.113.10")
              .annotation("check", "tcp://node:" + probed.getLocalPort())
              .annotation("check.interval", "50ms")
              .annotation("check.fall", "2"));
      endpoints("n1:ready");
      try (Advertiser advertiser = start()) {
        sees("+" + WEB);
        probed.close();
        sees("+" + WEB, "-" + WEB);
        await(advertiser, "cluster/default/web/203.0.113.10", "connection refused");
        server.service(ServiceJson.of("web").ip("203.0.113.10"));
        sees("+" + WEB, "-" + WEB, "+" + WEB);
        Eventually.is(
            () -> advertiser.status().health().isEmpty(), () -> advertiser.status().health());
      }
    }
  }

  @Test
  void underLocalARollingUpdateLosesNoRoute() throws Exception {
    server.service(ServiceJson.of("web").local().ip("203.0.113.10"));
    endpoints("n1:ready");
    try (Advertiser advertiser = start()) {
      sees("+" + WEB);
      endpoints("n1:ready", "n1:starting");
      endpoints("n1:leaving", "n1:starting");
      endpoints("n1:leaving", "n1:ready");
      endpoints("n1:ready");
      server.service(ServiceJson.of("other").ip("203.0.113.20"));
      server.slice(ServiceJson.slice("other-1", "other", "IPv4", "n2:ready"));
      sees("+" + WEB, "+203.0.113.20/32");
      endpoints("n2:ready");
      sees("+" + WEB, "+203.0.113.20/32", "-" + WEB);
    }
  }

  @Test
  void aServiceWithALeaseIsAnnouncedWhenItIsHeld() throws Exception {
    server.service(
        ServiceJson.of("web")
            .annotation("leadership", "service")
            .annotation("addresses", "203.0.113.10"));
    server.releasedLease("bugle.service.default.web");
    endpoints("n1:ready");
    try (Advertiser advertiser = start()) {
      sees("+" + WEB);
      Eventually.is(
          () -> server.ingress(new ObjectKey("default", "web")).equals(List.of("203.0.113.10")),
          () -> server.requests);
      endpoints("n1:starting");
      sees("+" + WEB, "-" + WEB);
    }
  }

  @Test
  void whyAServiceIsNotAnnouncedIsToldWhereVipsAre() throws Exception {
    server.service(ServiceJson.of("web").ip("203.0.113.10").annotation("med", "ten"));
    server.service(ServiceJson.of("lost").ip("203.0.113.11").annotation("leadership", "nowhere"));
    try (Advertiser advertiser = start()) {
      await(advertiser, "cluster/default/web/203.0.113.10", "bugle.dev/med");
      Eventually.is(
          () ->
              server.events().stream().anyMatch(event -> event.toString().contains("Refused"))
                  && server.events().stream().anyMatch(event -> event.toString().contains("'ten'")),
          server::events);
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void aChangeOfAnEndpointIsOnTheWireAtOnce() throws Exception {
    server.service(ServiceJson.of("web").local().ip("203.0.113.10"));
    endpoints("n1:ready");
    for (int i = 0; i < 100; i++) {
      server.service(ServiceJson.of("s" + i).ip("203.0.114." + i));
    }
    try (Advertiser advertiser = start()) {
      sees("+" + WEB);
      long[] times = new long[60];
      for (int i = 0; i < times.length; i++) {
        int before = seen.size();
        long began = System.nanoTime();
        endpoints(i % 2 == 0 ? "n1:starting" : "n1:ready");
        Eventually.is(() -> seen.size() > before, () -> seen);
        times[i] = lastSeen - began;
      }
      Arrays.sort(times);
      System.out.printf(
          "services: from an endpoint's change to the UPDATE at the router: p50 %.1f ms, p95 %.1f"
              + " ms, worst %.1f ms%n",
          times[30] / 1e6, times[57] / 1e6, times[59] / 1e6);
      assertThat(times[30]).isLessThan(500_000_000L);
    }
  }
}
