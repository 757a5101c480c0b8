package dev.bugle.advertiser;

import dev.bugle.bfd.BfdStatus;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.State;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Puts into words what is heard from the other side of a BFD session that is not up. */
final class Hearsay {

  private Hearsay() {}

  /** What was heard after the earlier counts, and what to do about it. */
  static String since(BfdStatus.Counters before, BfdStatus status) {
    BfdStatus.Counters now = status.counters();
    Map<DropReason, Long> dropped = new TreeMap<>();
    now.dropped()
        .forEach(
            (reason, count) -> {
              long more = count - before.dropped().getOrDefault(reason, 0L);
              if (more > 0 && reason != DropReason.ADMIN_DOWN) {
                dropped.put(reason, more);
              }
            });
    if (status.state() == State.ADMIN_DOWN) {
      return "it is switched off here";
    }
    if (!dropped.isEmpty()) {
      return dropped(dropped);
    }
    if (now.received() > before.received() && status.remote().isPresent()) {
      return heard(status.remote().get());
    }
    return now.notSent() > before.notSent()
        ? "nothing can be sent to it; is there a route, and is its interface up?"
        : "nothing is heard from it; is BFD configured on the router for this address?";
  }

  private static String heard(ControlPacket packet) {
    return switch (packet.state()) {
      case ADMIN_DOWN -> "it says AdminDown; BFD is switched off on the router: enable it there";
      case DOWN ->
          "it says Down ("
              + packet.diagnostic()
              + "), so it does not hear us; does a firewall on the way or on the router drop UDP"
              + " port 3784, or 4784 of multihop?";
      case INIT, UP ->
          "it says "
              + (packet.state() == State.UP ? "Up" : "Init")
              + " ("
              + packet.diagnostic()
              + "), but not for long; are packets lost on the way?";
    };
  }

  private static String dropped(Map<DropReason, Long> dropped) {
    StringBuilder text = new StringBuilder("its packets are dropped:");
    dropped.forEach(
        (reason, count) -> text.append(' ').append(count).append(' ').append(name(reason)));
    dropped.keySet().stream()
        .map(Hearsay::remedy)
        .filter(remedy -> !remedy.isEmpty())
        .distinct()
        .forEach(remedy -> text.append("; ").append(remedy));
    return text.toString();
  }

  private static String name(DropReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String remedy(DropReason reason) {
    return switch (reason) {
      case HELD_DOWN -> "does the router forward echo packets back to us?";
      case LOW_TTL -> "is the router further away than configured? see multihop and minimum-ttl";
      case WRONG_AUTHENTICATION, MALFORMED_AUTHENTICATION ->
          "do authentication type, key id and key agree with the router's?";
      case MISSING_AUTHENTICATION ->
          "the router does not authenticate: configure it there, or remove it here";
      case UNEXPECTED_AUTHENTICATION ->
          "the router authenticates: configure it here too, or remove it there";
      case REPLAYED -> "are packets repeated or reordered on the way?";
      case WRONG_SOURCE -> "do they come from another address or by another interface?";
      default -> "";
    };
  }
}
