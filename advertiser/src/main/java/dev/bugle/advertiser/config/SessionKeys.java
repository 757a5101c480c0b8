package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.session.GracefulRestart;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.session.Offer;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.capability.GracefulRestartCapability;
import dev.bugle.bgp.wire.capability.Role;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of a peer that are about its session: what is offered, and how long to wait. */
final class SessionKeys {

  private static final Type<AddressFamily> FAMILY =
      Types.choice(families(List.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST)));

  static final Key<Duration> HOLD_TIME =
      Key.withDefault(
          "hold-time",
          BgpTypes.HOLD_TIME,
          "90s",
          "How long either side waits for a message before it gives the session up; the smaller"
              + " of both sides' values counts. 0s turns it off.");

  static final Key<Duration> SEND_HOLD_TIME =
      Key.optional(
              "send-hold-time",
              Types.duration(Duration.ZERO, Duration.ofHours(24)),
              "How long the router may leave what we send unread before the session ends (RFC"
                  + " 9687); longer than hold-time, or 0s for ever. Without it, 8m, or twice the"
                  + " hold time.")
          .example("8m");

  static final Key<Duration> CONNECT_RETRY =
      Key.withDefault(
          "connect-retry",
          Types.duration(Duration.ofMillis(100), Duration.ofHours(1)),
          "30s",
          "The longest pause between attempts to connect; the first ones are shorter.");

  static final Key<List<AddressFamily>> FAMILIES =
      Key.optional(
          "families",
          Types.oneOrMore(FAMILY),
          "The address families of the session. Without it, ipv4-unicast and ipv6-unicast.");

  static final Key<List<AddressFamily>> ADD_PATHS =
      Key.optional(
          "add-paths",
          Types.oneOrMore(FAMILY),
          "Families of which the router gets every route to an address, not only one (RFC 7911).");

  static final Key<List<AddressFamily>> IPV6_NEXT_HOPS =
      Key.optional(
          "ipv6-next-hops",
          Types.oneOrMore(Types.choice(families(List.of(AddressFamily.IPV4_UNICAST)))),
          "Families that may go with an IPv6 next hop where there is none of their own (RFC"
              + " 8950).");

  static final Key<Boolean> EXTENDED_MESSAGES =
      Key.withDefault(
          "extended-messages",
          Types.FLAG,
          "false",
          "Let messages have up to 65535 bytes (RFC 8654).");

  static final Key<Role> ROLE =
      Key.optional(
              "role",
              Types.choice(roles()),
              "What this side is to the router in another AS (RFC 9234); the router must be its"
                  + " counterpart.")
          .example("customer");

  static final Key<Boolean> STRICT_ROLE =
      Key.withDefault(
          "strict-role", Types.FLAG, "false", "Refuse a router that does not say its role.");

  static final Key<Duration> RESTART_TIME =
      Key.required(
          "restart-time",
          Types.duration(Duration.ZERO, GracefulRestartCapability.MAX_RESTART_TIME),
          "How long the router keeps the VIPs when the session is lost.");

  static final Key<Boolean> AFTER_NOTIFICATION =
      Key.withDefault(
          "after-notification",
          Types.FLAG,
          "true",
          "Also when the session ended with an error or the hold time ran out (RFC 8538).");

  static final Key<GracefulRestart> GRACEFUL_RESTART =
      Key.optional(
          "graceful-restart",
          new Section<>(
              "a graceful restart",
              List.of(RESTART_TIME, AFTER_NOTIFICATION),
              SessionKeys::gracefulRestart),
          "Ask the router to keep the VIPs while the session is lost or this program restarts (RFC"
              + " 4724). Not for VIPs that need leadership: the router would keep them after this"
              + " program has died.");

  /** Those that make sense of a peer that only connects to us. */
  static final List<Key<?>> OFFERED =
      List.of(
          HOLD_TIME,
          SEND_HOLD_TIME,
          FAMILIES,
          ADD_PATHS,
          IPV6_NEXT_HOPS,
          EXTENDED_MESSAGES,
          ROLE,
          STRICT_ROLE,
          GRACEFUL_RESTART);

  private SessionKeys() {}

  private static Map<String, AddressFamily> families(List<AddressFamily> families) {
    Map<String, AddressFamily> names = new LinkedHashMap<>();
    families.forEach(family -> names.put(family.toString(), family));
    return names;
  }

  private static Map<String, Role> roles() {
    Map<String, Role> names = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      names.put(role.toString(), role);
    }
    return names;
  }

  private static GracefulRestart gracefulRestart(Values values) {
    return new GracefulRestart(values.get(RESTART_TIME), values.get(AFTER_NOTIFICATION));
  }

  /** Puts them into the configuration; what is at odds is a fault and left out. */
  static void putOffered(Values values, PeerConfig.Builder config) {
    config.holdTime(values.get(HOLD_TIME)).extendedMessages(values.get(EXTENDED_MESSAGES));
    putSendHoldTime(values, config);
    putFamilies(values, config);
    values
        .find(ROLE)
        .ifPresentOrElse(
            role -> config.role(new LocalRole(role, values.get(STRICT_ROLE))),
            () -> refuseStrictWithoutRole(values));
    values.find(GRACEFUL_RESTART).ifPresent(config::gracefulRestart);
  }

  private static void putSendHoldTime(Values values, PeerConfig.Builder config) {
    Duration holdTime = values.get(HOLD_TIME);
    values
        .find(SEND_HOLD_TIME)
        .ifPresent(
            time -> {
              if (time.isZero() || time.compareTo(holdTime) > 0) {
                config.sendHoldTime(time);
              } else {
                values
                    .at(SEND_HOLD_TIME)
                    .fault("found a time that is not longer than hold-time; expected that, or 0s");
              }
            });
  }

  private static void putFamilies(Values values, PeerConfig.Builder config) {
    List<AddressFamily> families = values.find(FAMILIES).orElse(Offer.DEFAULT.families());
    if (families.isEmpty()) {
      values.at(FAMILIES).fault("found an empty list; expected at least one family");
      return;
    }
    config.families(families.toArray(AddressFamily[]::new));
    config.addPathSend(within(values, ADD_PATHS, families));
    if (values.find(IPV6_NEXT_HOPS).isPresent() || !families.contains(AddressFamily.IPV4_UNICAST)) {
      config.ipv6NextHops(within(values, IPV6_NEXT_HOPS, families));
    } // else as the form of the peer has it
  }

  private static AddressFamily[] within(
      Values values, Key<List<AddressFamily>> key, List<AddressFamily> families) {
    List<AddressFamily> some = values.find(key).orElse(List.of()).stream().distinct().toList();
    List<AddressFamily> strange = some.stream().filter(one -> !families.contains(one)).toList();
    if (!strange.isEmpty()) {
      values
          .at(key)
          .fault("found " + strange.get(0) + ", which is not among families; add it there");
      return new AddressFamily[0];
    }
    return some.toArray(AddressFamily[]::new);
  }

  private static void refuseStrictWithoutRole(Values values) {
    if (values.get(STRICT_ROLE)) {
      values.at(STRICT_ROLE).fault("found true, but the peer has no role; add it, or remove this");
    }
  }
}
