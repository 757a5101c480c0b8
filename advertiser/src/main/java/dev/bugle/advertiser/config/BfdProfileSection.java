package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.bfd.BfdProfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An item of {@code bfd.profiles:}, how BFD sessions run. A peer's section has these keys too. */
final class BfdProfileSection {

  /** The profile that needs no declaration. */
  static final String DEFAULT = "default";

  private static final Type<Duration> TIME =
      Types.shown("100ms", Types.duration(Duration.ofMillis(1), Duration.ofHours(1)));

  static final Key<Duration> INTERVAL =
      Key.optional(
          "interval",
          TIME,
          "The shortest interval between packets, both ways; 300ms if it is not given. The slower"
              + " side decides. Below 10ms both sides must be built for it.");

  static final Key<Duration> TRANSMIT_INTERVAL =
      Key.optional("transmit-interval", TIME, "The same, only for what this side sends.");

  static final Key<Duration> RECEIVE_INTERVAL =
      Key.optional("receive-interval", TIME, "The same, only for what this side receives.");

  static final Key<Long> MULTIPLIER =
      Key.optional(
              "multiplier",
              Types.number("a number of packets", 1, 255),
              "How many packets in a row may be lost before the path counts as down; 3 if it is not"
                  + " given.")
          .example("3");

  static final Key<Boolean> PASSIVE =
      Key.optional(
          "passive", Types.FLAG, "Send nothing before the router does; false if it is not given.");

  static final Key<Duration> ECHO_INTERVAL =
      Key.optional(
          "echo-interval",
          TIME,
          "The interval between echo packets, which the router returns by forwarding; none are sent"
              + " if it is not given. Needs local-address and interface of the peer.");

  static final Key<Duration> ECHO_RECEIVE_INTERVAL =
      Key.optional(
          "echo-receive-interval",
          TIME,
          "The shortest interval at which this host returns the router's echo packets, for which it"
              + " must forward; it returns none if it is not given.");

  static final List<Key<?>> KEYS =
      List.of(
          INTERVAL,
          TRANSMIT_INTERVAL,
          RECEIVE_INTERVAL,
          MULTIPLIER,
          PASSIVE,
          ECHO_INTERVAL,
          ECHO_RECEIVE_INTERVAL);

  static final Section<Wishes> TYPE = new Section<>("a BFD profile", KEYS, BfdProfileSection::make);

  /** What is said of a profile in one place, and what is left open there. */
  record Wishes(
      Optional<Duration> transmit,
      Optional<Duration> receive,
      Optional<Long> multiplier,
      Optional<Boolean> passive,
      Optional<Duration> echo,
      Optional<Duration> echoReceive) {

    static final Wishes NONE =
        new Wishes(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** What is left open here is as there. */
    Wishes orElse(Wishes there) {
      return new Wishes(
          transmit.or(there::transmit),
          receive.or(there::receive),
          multiplier.or(there::multiplier),
          passive.or(there::passive),
          echo.or(there::echo),
          echoReceive.or(there::echoReceive));
    }

    /** What is left open is as by default. */
    BfdProfile profile() {
      Duration normal = Duration.ofMillis(300);
      BfdProfile.Builder profile =
          BfdProfile.builder(normal, Math.toIntExact(multiplier.orElse(3L)))
              .transmitInterval(transmit.orElse(normal))
              .receiveInterval(receive.orElse(normal))
              .passive(passive.orElse(false));
      echo.ifPresent(profile::echoInterval);
      echoReceive.ifPresent(profile::echoReceiveInterval);
      return profile.build();
    }
  }

  private BfdProfileSection() {}

  static Wishes make(Values values) {
    Optional<Duration> both = values.find(INTERVAL);
    Optional<Duration> transmit = values.find(TRANSMIT_INTERVAL);
    Optional<Duration> receive = values.find(RECEIVE_INTERVAL);
    if (both.isPresent() && transmit.isPresent() && receive.isPresent()) {
      values
          .at(INTERVAL)
          .fault("both directions have an interval of their own; remove one of the three");
    }
    return new Wishes(
        transmit.or(() -> both),
        receive.or(() -> both),
        values.find(MULTIPLIER),
        values.find(PASSIVE),
        values.find(ECHO_INTERVAL),
        values.find(ECHO_RECEIVE_INTERVAL));
  }
}
