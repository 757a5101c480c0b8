package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.Codecs;
import dev.bugle.bgp.wire.Direction;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.NlriCodecs;
import dev.bugle.bgp.wire.capability.AddPathCapability;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.capability.EnhancedRouteRefreshCapability;
import dev.bugle.bgp.wire.capability.ExtendedMessageCapability;
import dev.bugle.bgp.wire.capability.ExtendedNextHopCapability;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.GracefulRestartCapability;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.capability.Role;
import dev.bugle.bgp.wire.capability.RoleCapability;
import dev.bugle.bgp.wire.capability.RouteRefreshCapability;
import dev.bugle.bgp.wire.capability.UnknownCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How events and actions stand in {@code transcripts/*.txt}.
 *
 * <pre>
 * start | stop ERROR | reset ERROR | leave ERROR | hold ERROR [SECONDS] | path PATH CAUSE
 * opened SIDE | failed SIDE CAUSE | sent SIDE | expired SIDE TIMER
 * received SIDE MESSAGE | faulty SIDE ERROR FOUND
 * </pre>
 *
 * PATH is {@code unknown}, {@code up}, {@code down}, {@code down-or-restarting} or {@code
 * admin-down}; SIDE is {@code local} or {@code remote}, who opened the connection; TIMER is {@code
 * connect-retry}, {@code hold} or {@code keepalive}; ERROR is {@code code/subcode}; MESSAGE is
 * {@code OPEN}, with {@code as=}, {@code hold=}, {@code id=}, {@code mp=}, {@code as4=}, {@code
 * refresh=}, {@code unknown=} where it is not the usual one, {@code KEEPALIVE}, {@code UPDATE},
 * {@code NOTIFICATION ERROR} or {@code ROUTE-REFRESH FAMILY}.
 */
final class TranscriptNotation {

  private final Map<String, String> settings = new HashMap<>();

  TranscriptNotation(String settings) {
    this.settings.putAll(
        Map.of(
            "local-as", "65001",
            "local-id", "192.0.2.1",
            "peer-as", "65000",
            "peer-id", "192.0.2.254",
            "hold", "90",
            "mode", "active",
            "path", "optional",
            "connect-retry", "5",
            "families", "ipv4-unicast,ipv6-unicast"));
    this.settings.putAll(pairs(settings));
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : text.split(" ", -1)) {
      if (!pair.isEmpty()) {
        pairs.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
    }
    return pairs;
  }

  private String setting(String key) {
    return settings.getOrDefault(key, "");
  }

  SessionConfig config() {
    return new SessionConfig(
        new SessionConfig.Local(
            Long.parseLong(setting("local-as")),
            Ipv4Address.parse(setting("local-id")),
            setting("restarting").equals("yes")),
        remoteAs(setting("remote-as")),
        new SessionOptions(
            new SessionTimes(
                Duration.ofSeconds(Long.parseLong(setting("hold"))),
                seconds(setting("send-hold")),
                Duration.ofSeconds(Long.parseLong(setting("connect-retry")))),
            setting("mode").equals("passive"),
            setting("path").equals("strict"),
            offer()),
        Codecs.of(NlriCodecs.UNICAST));
  }

  private Offer offer() {
    String[] role = setting("role").split(",", -1);
    String[] restart = setting("restart").split(",", -1);
    return new Offer(
        families(setting("families")),
        Set.copyOf(families(setting("add-path-send"))),
        Set.copyOf(families(setting("add-path-receive"))),
        Set.copyOf(families(setting("ipv6-next-hops"))),
        setting("extended").equals("yes"),
        role(role[0]).map(ours -> new LocalRole(ours, List.of(role).contains("strict"))),
        seconds(restart[0])
            .map(time -> new GracefulRestart(time, List.of(restart).contains("notification"))),
        helper(setting("retention")));
  }

  /** Like {@code 60,3600,notification}: the restart time, the long-lived stale time. */
  private static Optional<RouteRetention> helper(String text) {
    List<String> parts = List.of(text.split(",", -1));
    return seconds(parts.get(0))
        .map(
            time ->
                new RouteRetention(
                    time,
                    RouteRetention.DEFAULT.longestStaleTime(),
                    parts.size() < 2 ? Duration.ZERO : seconds(parts.get(1)).orElse(Duration.ZERO),
                    parts.contains("notification")));
  }

  private static Optional<Role> role(String text) {
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(Role.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  private static Optional<Duration> seconds(String text) {
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(Long.parseLong(text)));
  }

  /** The AS that the peer is in, unless the setting says what it is to be in. */
  private RemoteAs remoteAs(String text) {
    return switch (text) {
      case "" -> RemoteAs.of(Long.parseLong(setting("peer-as")));
      case "internal" -> RemoteAs.Relation.INTERNAL;
      case "external" -> RemoteAs.Relation.EXTERNAL;
      default -> RemoteAs.of(Long.parseLong(text));
    };
  }

  Event event(String line) {
    String[] words = line.split(" ", 4);
    return switch (words[0]) {
      case "start" -> new Event.Start();
      case "stop" -> new Event.Stop(error(words[1]));
      case "leave" -> new Event.LeaveForRestart(error(words[1]));
      case "hold" -> new Event.AutomaticStop(error(words[1]), seconds(rest(line, 2)));
      case "sent" -> new Event.Sent(side(words[1]));
      case "reset" -> new Event.Reset(error(words[1]));
      case "retry" -> new Event.ConnectRetryChanged(Duration.ofSeconds(Long.parseLong(words[1])));
      case "path" -> new Event.PathReported(path(words[1]), rest(line, 2));
      case "opened" -> new Event.ConnectionOpened(side(words[1]));
      case "failed" -> new Event.ConnectionFailed(side(words[1]), rest(line, 2));
      case "expired" -> new Event.TimerExpired(side(words[1]), timer(words[2]));
      case "received" ->
          new Event.MessageReceived(side(words[1]), message(words[2], rest(line, 3)));
      case "faulty" -> new Event.MessageFaulty(side(words[1]), error(words[2]), rest(line, 3));
      default -> throw new IllegalArgumentException("no event: " + line);
    };
  }

  private static String rest(String line, int words) {
    String[] parts = line.split(" ", words + 1);
    return parts.length > words ? parts[words] : "";
  }

  String side(Initiator initiator) {
    return text(initiator);
  }

  private static Initiator side(String word) {
    return Initiator.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static PathState path(String word) {
    return PathState.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Timer timer(String word) {
    return Timer.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static BgpError error(String word) {
    int slash = word.indexOf('/');
    return new BgpError(
        Integer.parseInt(word.substring(0, slash)), Integer.parseInt(word.substring(slash + 1)));
  }

  private Message message(String type, String rest) {
    return switch (type) {
      case "OPEN" -> open(pairs(rest));
      case "KEEPALIVE" -> KeepaliveMessage.KEEPALIVE;
      case "UPDATE" -> UpdateMessage.endOfRib(AddressFamily.IPV4_UNICAST);
      case "NOTIFICATION" -> new NotificationMessage(error(rest));
      case "ROUTE-REFRESH" -> new RouteRefreshMessage(families(rest).get(0));
      case "BORR" -> new RouteRefreshMessage(families(rest).get(0), 1);
      case "EORR" -> new RouteRefreshMessage(families(rest).get(0), 2);
      case "ROUTE-REFRESH-7" -> new RouteRefreshMessage(families(rest).get(0), 7);
      default -> throw new IllegalArgumentException("no message: " + type);
    };
  }

  private OpenMessage open(Map<String, String> given) {
    long asn = Long.parseLong(given.getOrDefault("as", setting("peer-as")));
    List<Capability> capabilities = new ArrayList<>();
    String families = given.getOrDefault("mp", "ipv4-unicast,ipv6-unicast");
    families(families).forEach(family -> capabilities.add(new MultiprotocolCapability(family)));
    if (given.getOrDefault("refresh", "yes").equals("yes")) {
      capabilities.add(RouteRefreshCapability.PRESENT);
    }
    if (given.getOrDefault("as4", "yes").equals("yes")) {
      capabilities.add(new FourOctetAsCapability(asn));
    }
    if (given.getOrDefault("enhanced", "yes").equals("yes")) {
      capabilities.add(EnhancedRouteRefreshCapability.PRESENT);
    }
    if (given.containsKey("role")) {
      for (String role : given.get("role").split(",", -1)) {
        capabilities.add(new RoleCapability(Integer.parseInt(role)));
      }
    }
    if (given.containsKey("restart")) {
      List<String> restart = List.of(given.get("restart").split(",", -1));
      capabilities.add(
          new GracefulRestartCapability(
              false,
              restart.contains("notification"),
              Duration.ofSeconds(Long.parseLong(restart.get(0))),
              families(given.getOrDefault("restart-families", "")).stream()
                  .map(family -> new GracefulRestartCapability.Family(family, true))
                  .toList()));
    }
    if (given.containsKey("add-paths")) {
      AddPathCapability.Mode mode =
          AddPathCapability.Mode.valueOf(given.get("add-paths").toUpperCase(Locale.ROOT));
      capabilities.add(
          new AddPathCapability(
              families(families).stream()
                  .map(family -> new AddPathCapability.Family(family, mode))
                  .toList()));
    }
    if (given.containsKey("ipv6-next-hops")) {
      capabilities.add(ExtendedNextHopCapability.overIpv6(families(given.get("ipv6-next-hops"))));
    }
    if (given.containsKey("extended")) {
      capabilities.add(ExtendedMessageCapability.PRESENT);
    }
    if (given.containsKey("unknown")) {
      capabilities.add(new UnknownCapability(Integer.parseInt(given.get("unknown")), Bytes.EMPTY));
    }
    return new OpenMessage(
        Asn.fitsTwoOctets(asn) ? (int) asn : Asn.AS_TRANS,
        Integer.parseInt(given.getOrDefault("hold", "90")),
        Ipv4Address.parse(given.getOrDefault("id", setting("peer-id"))),
        capabilities);
  }

  private static List<AddressFamily> families(String text) {
    return Arrays.stream(text.split(",", -1))
        .filter(name -> !name.isEmpty())
        .filter(name -> !name.equals("none"))
        .map(TranscriptNotation::family)
        .toList();
  }

  private static AddressFamily family(String name) {
    return switch (name) {
      case "ipv4-unicast" -> AddressFamily.IPV4_UNICAST;
      case "ipv6-unicast" -> AddressFamily.IPV6_UNICAST;
      default -> {
        String[] numbers = name.split("/", -1);
        yield new AddressFamily(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
      }
    };
  }

  String text(Action action) {
    if (action instanceof Action.OpenConnection) {
      return "connect";
    } else if (action instanceof Action.CloseConnection close) {
      return "close " + text(close.initiator());
    } else if (action instanceof Action.AcceptConnection) {
      return "accept";
    } else if (action instanceof Action.RejectConnection reject) {
      return "reject " + reject.error();
    } else if (action instanceof Action.Send send) {
      return "send " + text(send.initiator()) + " " + send.message();
    } else if (action instanceof Action.StartTimer start) {
      return "start "
          + text(start.initiator())
          + " "
          + text(start.timer())
          + " "
          + start.delay().toMillis() / 1000.0
          + " s"
          + (start.jittered() ? " jittered" : "");
    } else if (action instanceof Action.StopTimer stop) {
      return "stop " + text(stop.initiator()) + " " + text(stop.timer());
    } else if (action instanceof Action.SessionUp up) {
      return "session-up " + text(up.initiator()) + " " + text(up.negotiated());
    } else if (action instanceof Action.SessionDown down) {
      return "session-down" + (down.mayReturn() ? " for a while: " : ": ") + down.cause();
    } else if (action instanceof Action.DeliverUpdate deliver) {
      return "deliver " + deliver.update();
    } else if (action instanceof Action.DeliverRouteRefresh deliver) {
      return "deliver " + deliver.refresh();
    } else if (action instanceof Action.StateChanged changed) {
      return "state " + changed.from() + " -> " + changed.to() + ": " + changed.cause();
    } else if (action instanceof Action.CauseChanged changed) {
      return "still idle: " + changed.cause();
    }
    throw new IllegalArgumentException("no notation for " + action);
  }

  private static String text(Negotiated negotiated) {
    return "hold "
        + negotiated.holdTime().toSeconds()
        + " s, "
        + negotiated.families()
        + negotiated.agreements().stream().map(each -> ", " + each).collect(Collectors.joining())
        + (negotiated.codec().fourOctetAs() ? ", 4-octet AS" : ", 2-octet AS")
        + (negotiated.codec().external() ? ", external" : ", internal")
        + text(", sends", negotiated.codec().sent())
        + text(", receives", negotiated.codec().received());
  }

  private static String text(String verb, Direction direction) {
    String what =
        (direction.equals(direction.withLongestMessage(4096)) ? "" : " long messages")
            + (direction.pathIdentifiers().isEmpty()
                ? ""
                : " paths of " + sorted(direction.pathIdentifiers()))
            + (direction.extendedNextHop().isEmpty()
                ? ""
                : " IPv6 next hops of " + sorted(direction.extendedNextHop()));
    return what.isEmpty() ? "" : verb + what;
  }

  /** Sets have another order in each JVM. */
  private static List<String> sorted(Set<AddressFamily> families) {
    return families.stream().map(AddressFamily::toString).sorted().toList();
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
