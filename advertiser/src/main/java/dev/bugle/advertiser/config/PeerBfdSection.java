package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.BfdProfileSection.Wishes;
import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.bfd.BfdSessionConfig;
import dev.bugle.bfd.BfdSessionConfig.Hops;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.wire.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code bfd:} of a peer, the BFD session with it: a profile's name, or all that there is. */
final class PeerBfdSection {

  private static final Type<String> PROFILE_NAME =
      Types.shown("fast", Types.word("the name of a BFD profile", CrossChecks.NAME));

  static final Key<String> PROFILE =
      Key.withDefault(
              "profile",
              PROFILE_NAME,
              BfdProfileSection.DEFAULT,
              "The profile under bfd.profiles that says what is not said here, or default.")
          .example("fast");

  static final Key<Boolean> STRICT =
      Key.withDefault(
          "strict",
          Types.FLAG,
          "false",
          "Let the BGP session wait until BFD is up, and not come back before it is up again.");

  static final Key<Boolean> MULTIHOP =
      Key.withDefault(
          "multihop",
          Types.FLAG,
          "false",
          "The router is several hops away (RFC 5883); needs the local-address of the peer.");

  static final Key<Long> MINIMUM_TTL =
      Key.optional(
              "minimum-ttl",
              Types.number("a TTL", 1, 255),
              "With multihop: the least TTL of packets that are accepted, which is what the router"
                  + " sends with (255 in FRR, 64 in BIRD) less the routers between; any if it is"
                  + " not given.")
          .example("254");

  static final Key<String> INTERFACE =
      Key.optional(
          "interface",
          Types.word("the name of an interface such as eth0", "[\\x21-\\x7e&&[^/:]]{1,15}"),
          "The interface that the router is at; that of the peer's address if it is link-local.");

  static final Key<BfdKeyFiles> AUTHENTICATION =
      Key.optional(
          "authentication", BfdKeysSection.TYPE, "Authenticates the packets of both sides.");

  static final Type<Draft> TYPE =
      Types.shorthand(
          PROFILE_NAME, Draft::ofProfile, new Section<>("a section", keys(), PeerBfdSection::make));

  /** The session, as far as it can be told without the profiles and the rest of the peer. */
  record Draft(
      String profile,
      Wishes wishes,
      boolean strict,
      Hops hops,
      Optional<String> interfaceName,
      Optional<BfdKeyFiles> keyFiles) {

    static Draft ofProfile(String name) {
      return new Draft(name, Wishes.NONE, false, Hops.SINGLE, Optional.empty(), Optional.empty());
    }

    PeerBfd complete(PeerConfig peer, Map<String, Wishes> profiles) {
      BfdSessionConfig.Builder session = begin(peer);
      interfaceName.or(() -> peer.transport().zone()).ifPresent(session::interfaceName);
      return new PeerBfd(session.profile(wishes(profiles).profile()).build(), keyFiles);
    }

    /** What is said here, and what the profile says beyond that. */
    Wishes wishes(Map<String, Wishes> profiles) {
      return wishes.orElse(profiles.getOrDefault(profile, Wishes.NONE));
    }

    private BfdSessionConfig.Builder begin(PeerConfig peer) {
      String address = peer.address().toString();
      Optional<String> local = peer.transport().localAddress().map(IpAddress::toString);
      if (hops.isMultihop()) {
        return BfdSessionConfig.multihop(address, local.orElseThrow())
            .minimumTtl(hops.minimumTtl());
      }
      BfdSessionConfig.Builder session = BfdSessionConfig.singleHop(address);
      local.ifPresent(session::localAddress);
      return session;
    }
  }

  private PeerBfdSection() {}

  private static List<Key<?>> keys() {
    return Stream.of(
            List.of(PROFILE),
            BfdProfileSection.KEYS,
            List.of(STRICT, MULTIHOP, MINIMUM_TTL, INTERFACE, AUTHENTICATION))
        .<Key<?>>flatMap(List::stream)
        .toList();
  }

  private static Draft make(Values values) {
    boolean multihop = values.get(MULTIHOP);
    int minimumTtl = Math.toIntExact(values.find(MINIMUM_TTL).orElse(multihop ? 1L : 255L));
    if (!multihop && values.find(MINIMUM_TTL).isPresent()) {
      values
          .at(MINIMUM_TTL)
          .fault("over one hop it is always 255 (RFC 5881 §5); add multihop: true, or remove this");
      minimumTtl = 255;
    }
    return new Draft(
        values.get(PROFILE),
        BfdProfileSection.make(values),
        values.get(STRICT),
        new Hops(multihop, minimumTtl),
        values.find(INTERFACE),
        values.find(AUTHENTICATION));
  }
}
