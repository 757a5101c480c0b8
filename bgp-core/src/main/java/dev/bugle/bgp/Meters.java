package dev.bugle.bgp;

import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.message.MessageType;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The meters of one peer, by the names that docs/metrics.md explains; registered as long as the
 * peer is there. They read what is counted anyway.
 */
final class Meters {

  /** The tag of each of {@link SessionCounters#ERROR_CODES}. */
  private static final Map<Integer, String> ERRORS =
      Map.of(
          0, "other",
          1, "message-header-error",
          2, "open-message-error",
          3, "update-message-error",
          4, "hold-timer-expired",
          5, "finite-state-machine-error",
          6, "cease",
          7, "route-refresh-message-error",
          8, "send-hold-timer-expired");

  private final MeterRegistry registry;
  private final StatusBoard board;
  private final Tags peer;
  private final List<Meter> registered = new ArrayList<>();

  /** Registers them. */
  Meters(MeterRegistry registry, PeerConfig config, StatusBoard board) {
    this.registry = registry;
    this.board = board;
    this.peer =
        Tags.of("peer", config.address().toString(), "remote.as", remoteAs(config.remoteAs()));
    session();
    board.counters().families().forEach(this::routes);
    messages("sent", board.counters().sent(), board.counters().errorsSent());
    messages("received", board.counters().received(), board.counters().errorsReceived());
  }

  private void session() {
    gauge("bgp.peer.state", "As RFC 4271 numbers the states", b -> number(b.state()), Tags.empty());
    gauge(
        "bgp.peer.established",
        "Whether the session is established",
        b -> b.state() == SessionState.ESTABLISHED ? 1 : 0,
        Tags.empty());
    gauge(
        "bgp.peer.session.seconds",
        "For how long the session is established",
        StatusBoard::sessionSeconds,
        Tags.empty());
    gauge(
        "bgp.peer.pending",
        "Destinations that wait to be told of",
        b -> b.counters().pending(),
        Tags.empty());
    gauge(
        "bgp.peer.unsent.bytes",
        "Octets that the system has not taken yet",
        StatusBoard::unsentOctets,
        Tags.empty());
    for (SessionState state : SessionState.values()) {
      counter(
          "bgp.peer.transitions",
          b -> b.counters().entered().of(state),
          Tags.of("to", lowerCase(state.name())));
    }
  }

  private void routes(AddressFamily family, FamilyCounter counter) {
    Tags tags = tags(family);
    gauge(
        "bgp.peer.prefixes.sent",
        "Destinations that the peer knows from us",
        b -> counter.advertised(),
        tags);
    routes("sent", counter.sent(), tags);
    routes("received", counter.received(), tags);
  }

  private void routes(String direction, FamilyCounter.Routes routes, Tags family) {
    Tags tags = family.and("direction", direction);
    counter("bgp.peer.prefixes.announced", b -> routes.snapshot().announced(), tags);
    counter("bgp.peer.prefixes.withdrawn", b -> routes.snapshot().withdrawn(), tags);
  }

  private void messages(String direction, Tally<MessageType> messages, Tally<Integer> errors) {
    for (MessageType type : MessageType.values()) {
      counter(
          "bgp.peer.messages",
          b -> messages.of(type),
          Tags.of("direction", direction, "type", lowerCase(type.name())));
    }
    for (int code : SessionCounters.ERROR_CODES) {
      counter(
          "bgp.peer.notifications",
          b -> errors.of(code),
          Tags.of("direction", direction, "code", error(code)));
    }
  }

  private void gauge(
      String name, String description, ToDoubleFunction<StatusBoard> value, Tags tags) {
    registered.add(
        Gauge.builder(name, board, value)
            .description(description)
            .tags(peer.and(tags))
            .register(registry));
  }

  private void counter(String name, ToDoubleFunction<StatusBoard> value, Tags tags) {
    registered.add(
        FunctionCounter.builder(name, board, value).tags(peer.and(tags)).register(registry));
  }

  /** As RFC 4273 numbers bgpPeerState, in the order of RFC 4271 §8.2.2. */
  static int number(SessionState state) {
    return switch (state) {
      case IDLE -> 1;
      case CONNECT -> 2;
      case ACTIVE -> 3;
      case OPEN_SENT -> 4;
      case OPEN_CONFIRM -> 5;
      case ESTABLISHED -> 6;
    };
  }

  static String error(int code) {
    return Objects.requireNonNull(ERRORS.get(code), () -> "no name for the error code " + code);
  }

  private static String remoteAs(RemoteAs remoteAs) {
    if (remoteAs instanceof RemoteAs.Exactly exactly) {
      return Long.toString(exactly.asn());
    }
    if (remoteAs instanceof RemoteAs.Member member) {
      return Long.toString(member.asn());
    }
    return remoteAs == RemoteAs.Relation.INTERNAL ? "internal" : "external";
  }

  private static Tags tags(AddressFamily family) {
    String afi =
        switch (family.afi()) {
          case 1 -> "ipv4";
          case 2 -> "ipv6";
          default -> Integer.toString(family.afi());
        };
    String safi = family.safi() == 1 ? "unicast" : Integer.toString(family.safi());
    return Tags.of("afi", afi, "safi", safi);
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The peer is gone, and its meters with it. */
  void remove() {
    registered.forEach(registry::remove);
  }
}
