package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** BGP unnumbered with FRR, on a wire whose ends have nothing but their link-local addresses. */
@ExtendWith(NothingLeftBehind.class)
@Timeout(120)
class UnnumberedTest {

  private static final long ROUTER_AS = 65000;
  private static final String VIP = "203.0.113.10/32";
  private static final String VIP6 = "2001:db8:cafe::10/128";
  private static final String OF_ROUTER = "198.51.100.0/24";

  private final Lab lab = new NamespaceLab();
  private final List<String> learned = new CopyOnWriteArrayList<>();

  private final PeerListener listener =
      new PeerListener() {
        @Override
        public void updateReceived(Peer peer, UpdateMessage update) {
          learned.add(update.toString());
        }
      };

  @BeforeEach
  void demandLab() {
    RequiredPeers.demand(lab.missing());
  }

  /** Leaves each end with the link-local address that the system chose. */
  private static void unnumber(Machine machine) {
    List.of(
            "ip -6 addr del %s/64 dev eth0".formatted(machine.wire().routerLinkLocal()),
            "ip -6 addr del %s/64 dev eth0".formatted(machine.wire().routerV6()),
            "ip addr del %s/29 dev eth0".formatted(machine.wire().routerV4()))
        .forEach(command -> machine.run(command.split(" ")).succeeded());
    String device = machine.name();
    List.of(
            "ip -6 addr del %s/64 dev %s".formatted(machine.wire().hostLinkLocal(), device),
            "ip -6 addr del %s/64 dev %s".formatted(machine.wire().hostV6(), device),
            "ip addr del %s/29 dev %s".formatted(machine.wire().hostV4(), device))
        .forEach(command -> HostCommand.run(command.split(" ")).succeeded());
  }

  private static FrrDaemons startFrr(Machine machine, String neighbor) {
    FrrDaemons frr = new FrrDaemons(machine);
    frr.startZebra();
    frr.start(
        "bgpd",
        """
        hostname router
        router bgp %d
         bgp router-id 192.0.2.254
         no bgp ebgp-requires-policy
         no bgp network import-check
        %s
         neighbor eth0 timers 3 9
         neighbor eth0 timers connect 1
         address-family ipv4 unicast
          network %s
         exit-address-family
         address-family ipv6 unicast
          neighbor eth0 activate
         exit-address-family
        """
            .formatted(ROUTER_AS, neighbor, OF_ROUTER),
        "show bgp summary json",
        "-p",
        "179");
    return frr;
  }

  private static BgpSpeaker openSpeaker() {
    return BgpSpeaker.open(SpeakerConfig.builder(Bugle.AS, "192.0.2.1").build());
  }

  private static BgpSpeaker openListeningSpeaker() {
    return BgpSpeaker.open(SpeakerConfig.builder(Bugle.AS, "192.0.2.1").listen("::", 0).build());
  }

  private static int port(BgpSpeaker speaker) {
    return speaker.listenAddresses().get(0).getPort();
  }

  private static void awaitState(Peer peer, SessionState wanted) {
    Eventually.see(
        peer + " is " + wanted,
        Deadlines.SESSION,
        peer::status,
        status -> status.state() == wanted);
  }

  private static JsonNode route(FrrDaemons frr, String family, String prefix) {
    String shown = frr.vtysh("show bgp " + family + " unicast " + prefix + " json").succeeded();
    return Json.parse(shown).path("paths").path(0);
  }

  /** The VIP is valid and best, behind our link-local address on the wire. */
  private static void awaitVip(FrrDaemons frr, String family, String prefix) {
    JsonNode path =
        Eventually.see(
            "the router has " + prefix,
            Deadlines.ROUTE,
            () -> route(frr, family, prefix),
            seen -> seen.path("bestpath").path("overall").asBoolean());
    assertThat(path.path("valid").asBoolean()).as("%s", path).isTrue();
    assertThat(path.path("nexthops").findValuesAsText("ip"))
        .as("%s", path)
        .anySatisfy(hop -> assertThat(hop).startsWith("fe80::"));
  }

  private static void awaitInKernel(Machine machine, String family, String prefix) {
    Eventually.see(
        "the router's kernel has " + prefix,
        Deadlines.ROUTE,
        () -> machine.run("ip", family, "route", "show", prefix).succeeded(),
        shown -> shown.contains("via") && shown.contains("fe80::") && shown.contains("eth0"));
  }

  private void awaitLearned(String text) {
    Eventually.see(
        "we learn " + text,
        Deadlines.ROUTE,
        () -> List.copyOf(learned),
        seen -> seen.stream().anyMatch(update -> update.contains(text)));
  }

  @Test
  void theRouterBehindAnInterfaceIsFoundAndInstallsTheVipBehindOurLinkLocalAddress() {
    try (Machine machine = lab.newMachine();
        BgpSpeaker speaker = openSpeaker()) {
      unnumber(machine);
      speaker.announce(Route.to(VIP).build());
      speaker.announce(Route.to(VIP6).build());
      Peer peer =
          speaker.peer(
              PeerConfig.onInterface(machine.name(), RemoteAs.Relation.EXTERNAL)
                  .connectRetry(Duration.ofSeconds(1))
                  .build(),
              listener);
      Eventually.see(
          "the peer says what it waits for",
          Deadlines.START,
          () -> peer.status().cause(),
          ("waiting for a router on "
                  + machine.name()
                  + ": no router advertisement and no router in the neighbour table")
              ::equals);
      try (FrrDaemons frr = startFrr(machine, " neighbor eth0 interface remote-as external")) {
        awaitState(peer, SessionState.ESTABLISHED);
        awaitVip(frr, "ipv4", VIP);
        awaitVip(frr, "ipv6", VIP6);
        awaitInKernel(machine, "-4", VIP);
        awaitInKernel(machine, "-6", VIP6);
        awaitLearned("ipv4-unicast [" + OF_ROUTER + "] via ");
      }
    }
  }

  @Test
  void aRouterThatIsReplacedByOneWithAnotherAddressIsFoundAgain() {
    try (Machine machine = lab.newMachine();
        BgpSpeaker speaker = openSpeaker()) {
      unnumber(machine);
      speaker.announce(Route.to(VIP).build());
      Peer peer =
          speaker.peer(
              PeerConfig.onInterface(machine.name(), RemoteAs.of(ROUTER_AS))
                  .connectRetry(Duration.ofSeconds(1))
                  .build(),
              listener);
      String neighbor = " neighbor eth0 interface remote-as external";
      try (FrrDaemons frr = startFrr(machine, neighbor)) {
        awaitState(peer, SessionState.ESTABLISHED);
        awaitVip(frr, "ipv4", VIP);
      }
      machine.run("ip", "link", "set", "eth0", "down").succeeded();
      machine.run("ip", "link", "set", "eth0", "address", "02:00:5e:00:53:02").succeeded();
      machine.run("ip", "link", "set", "eth0", "up").succeeded();
      try (FrrDaemons frr = startFrr(machine, neighbor)) {
        awaitState(peer, SessionState.ESTABLISHED);
        awaitVip(frr, "ipv4", VIP);
      }
    }
  }

  @Test
  void theRouterFindsUsByOurAdvertisementsAndConnects() {
    try (Machine machine = lab.newMachine();
        BgpSpeaker speaker = openListeningSpeaker()) {
      unnumber(machine);
      speaker.announce(Route.to(VIP).build());
      Peer peer =
          speaker.peer(
              PeerConfig.onInterface(machine.name(), RemoteAs.Relation.EXTERNAL)
                  .passive(true)
                  .build(),
              listener);
      String neighbor =
          " neighbor eth0 interface remote-as external\n neighbor eth0 port " + port(speaker);
      try (FrrDaemons frr = startFrr(machine, neighbor)) {
        awaitState(peer, SessionState.ESTABLISHED);
        awaitVip(frr, "ipv4", VIP);
      }
    }
  }

  @Test
  void twoPeersWithOneLinkLocalAddressAreToldApartByTheirLinks() {
    try (Machine first = lab.newMachine();
        Machine second = lab.newMachine();
        BgpSpeaker speaker = openListeningSpeaker()) {
      assertThat(first.wire().routerLinkLocal()).isEqualTo(second.wire().routerLinkLocal());
      List<String> connected = new CopyOnWriteArrayList<>();
      PeerListener watching =
          new PeerListener() {
            @Override
            public void stateChanged(Peer peer, SessionState from, SessionState to, String cause) {
              if (to == SessionState.OPEN_SENT) {
                connected.add(peer.toString());
              }
            }
          };
      for (Machine machine : List.of(first, second)) {
        String router = machine.wire().routerLinkLocal() + "%" + machine.name();
        speaker.peer(
            PeerConfig.builder(router, RemoteAs.Relation.EXTERNAL).passive(true).build(), watching);
      }
      String openType = "01";
      assertThat(firstMessageType(second, speaker)).isEqualTo(openType);
      // Our OPEN is on the wire before anybody is told of it.
      awaitConnected(connected, "fe80::2%" + second.name());
      assertThat(firstMessageType(first, speaker)).isEqualTo(openType);
      awaitConnected(connected, "fe80::2%" + second.name(), "fe80::2%" + first.name());
    }
  }

  private static void awaitConnected(List<String> connected, String... peers) {
    Eventually.see(
        "connections were taken for exactly these peers",
        Deadlines.ROUTE,
        () -> List.copyOf(connected),
        List.of(peers)::equals);
  }

  /** Connects from the machine's link-local address and reads the type of our first message. */
  private static String firstMessageType(Machine machine, BgpSpeaker speaker) {
    String script =
        "exec 3<>/dev/tcp/%s%%eth0/%d && head -c 19 <&3 | od -An -v -tx1 -w19"
            .formatted(machine.wire().hostLinkLocal(), port(speaker));
    // Where the machine has two link-local addresses, the one that the peer is known by must do.
    machine
        .run(
            "sh",
            "-c",
            "ip -6 addr flush dev eth0 scope link && ip -6 addr add fe80::2/64 dev eth0" + " nodad")
        .succeeded();
    String header = machine.run("timeout", "10", "bash", "-c", script).succeeded().strip();
    return header.substring(header.length() - 2);
  }
}
