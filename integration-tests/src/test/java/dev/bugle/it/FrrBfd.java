package dev.bugle.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** FRR: the daemons zebra and bfdd, and vtysh. It has no authentication. */
final class FrrBfd implements RealBfd {

  private final Machine machine;
  private final FrrDaemons frr;
  private BfdPeering peering;
  private Daemon bfdd;

  FrrBfd(Machine machine) {
    this.machine = machine;
    this.frr = new FrrDaemons(machine);
  }

  @Override
  public void start(BfdPeering newPeering) {
    peering = newPeering;
    if (!peering.authentication().isEmpty()) {
      throw new IllegalArgumentException("FRR's bfdd has no authentication");
    }
    frr.startZebra();
    bfdd =
        frr.start(
            "bfdd",
            configuration(),
            "show bfd peers json",
            "--bfdctl",
            machine.directory() + "/frr/bfdd.sock");
  }

  private String configuration() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        hostname router
        log file %s/frr/events.log debugging
        debug bfd peer
        debug bfd network
        bfd
         %s
        """
            .formatted(machine.directory(), peer()));
    timing(peering.timing()).forEach(line -> text.append("  ").append(line).append('\n'));
    if (peering.passive()) {
      text.append("  passive-mode\n");
    }
    return text.append(" exit\nexit\n").toString();
  }

  private String peer() {
    BfdPath path = peering.path();
    return "peer "
        + path.bugle()
        + (path.isMultihop() ? " multihop" : "")
        + " local-address "
        + path.router()
        + (path.isMultihop() ? "" : " interface eth0");
  }

  private static List<String> timing(BfdTiming timing) {
    return List.of(
        "detect-multiplier " + timing.multiplier(),
        "receive-interval " + timing.receive().toMillis(),
        "transmit-interval " + timing.transmit().toMillis());
  }

  @Override
  public void retime(BfdTiming timing) {
    peering = peering.with(timing);
    configure(timing(timing));
  }

  private void configure(List<String> lines) {
    List<String> commands = new ArrayList<>(List.of("configure terminal", "bfd", peer()));
    commands.addAll(lines);
    frr.vtysh(commands.toArray(String[]::new)).succeeded();
  }

  /** What can be configured of a peer, as vtysh lists it. */
  String settingsOfAPeer() {
    return frr.vtysh("configure terminal", "bfd", peer(), "list").succeeded();
  }

  /** FRR lists what both sides ask for; what follows from it is reckoned as RFC 5880 §6.8 does. */
  @Override
  public BfdSeen session() {
    JsonNode shown = shown();
    if (shown.isMissingNode()) {
      return BfdSeen.absent("FRR lists no such peer");
    }
    BfdTiming own = timing(shown, "");
    BfdTiming remote = timing(shown, "remote-");
    return new BfdSeen(
        state(shown.path("status").asText()),
        own.transmitIntervalTo(remote),
        own.detectionTimeOf(remote),
        shown.toString());
  }

  /** The session as FRR lists it; missing when it is not listed, or nobody answers. */
  private JsonNode shown() {
    Output answer = frr.vtysh("show bfd peers json");
    if (answer.exitCode() == 0) {
      for (JsonNode session : Json.parse(answer.out())) {
        if (session.path("peer").asText().equals(peering.path().bugle())) {
          return session;
        }
      }
    }
    return MissingNode.getInstance();
  }

  private static BfdTiming timing(JsonNode session, String whose) {
    return new BfdTiming(
        Duration.ofMillis(session.path(whose + "transmit-interval").asLong()),
        Duration.ofMillis(session.path(whose + "receive-interval").asLong()),
        session.path(whose + "detect-multiplier").asInt());
  }

  private static BfdSeen.State state(String status) {
    return switch (status) {
      case "up" -> BfdSeen.State.UP;
      case "init" -> BfdSeen.State.INIT;
      case "down" -> BfdSeen.State.DOWN;
      case "shutdown" -> BfdSeen.State.ADMIN_DOWN;
      default -> throw new IllegalStateException("FRR says '" + status + "'");
    };
  }

  @Override
  public boolean hasHeardAdminDown() {
    return shown().path("remote-diagnostic").asText().equals("administratively down");
  }

  @Override
  public void switchOff() {
    configure(List.of("shutdown"));
  }

  @Override
  public void switchOn() {
    configure(List.of("no shutdown"));
  }

  @Override
  public boolean tellsThatItIsSwitchedOff() {
    return true;
  }

  @Override
  public long timesUp() {
    return log().lines().filter(line -> line.matches(".*state-change: .* -> up.*")).count();
  }

  @Override
  public void kill() {
    bfdd.kill();
  }

  @Override
  public boolean running() {
    return bfdd != null && bfdd.alive();
  }

  @Override
  public String log() {
    return machine.read("frr/events.log") + machine.read("bfdd.log");
  }

  @Override
  public void close() {
    frr.close();
  }
}
