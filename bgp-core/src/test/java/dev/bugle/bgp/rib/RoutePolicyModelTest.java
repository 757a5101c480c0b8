package dev.bugle.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random policies on random routes against a naive evaluation, which knows prefixes as strings of
 * bits, communities as strings of text, and the path as a number.
 */
class RoutePolicyModelTest {

  private static final int POLICIES = 1_000;
  private static final int ROUTES_PER_POLICY = 25;

  private static final List<String> PREFIXES =
      List.of(
          "0.0.0.0/0",
          "10.0.0.0/8",
          "10.128.0.0/9",
          "10.1.0.0/16",
          "10.1.2.0/24",
          "10.1.2.3/32",
          "10.1.2.4/32",
          "::/0",
          "2001:db8::/32",
          "2001:db8:1::/48",
          "2001:db8:1:1::/64",
          "2001:db8:1:1:8000::/65",
          "2001:db8:1:1::1/128");

  private static final List<String> COMMUNITIES =
      List.of(
          "65001:1",
          "65001:2",
          "no-export",
          "1:2:3",
          "1:2:4",
          "rt:65001:1",
          "soo:65001:1",
          "color:100",
          "0x4304000000000001");

  private static final List<PolicyPeer> PEERS =
      List.of(
          new PolicyPeer(IpAddress.parse("192.0.2.1"), 65000),
          new PolicyPeer(IpAddress.parse("192.0.2.2"), 65000),
          new PolicyPeer(IpAddress.parse("2001:db8::2"), 4_200_000_000L));

  /** A route as the model knows it. */
  private static final class Model {
    String prefix = "";
    final Set<String> communities = new HashSet<>();
    Optional<Long> localPref = Optional.empty();
    Optional<Long> med = Optional.empty();
    int prepend;
    String nextHop = "self";
    boolean decided;
    boolean accepted;

    boolean isIpv4() {
      return !prefix.contains(":");
    }

    @Override
    public String toString() {
      return prefix
          + " "
          + new TreeSet<>(communities)
          + " "
          + localPref
          + " "
          + med
          + " "
          + prepend
          + " "
          + nextHop;
    }
  }

  /** A condition and what it means, or a change and what it does. */
  private record Meant<T>(T made, Step meaning) {}

  private interface Step {
    boolean run(Model route, PolicyPeer peer);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void policiesDoWhatTheirRulesSay(long seed) {
    Random random = new Random(seed);
    int accepted = 0;
    int rejected = 0;
    for (int i = 0; i < POLICIES; i++) {
      List<PolicyRule> rules = new ArrayList<>();
      List<Step> meanings = new ArrayList<>();
      for (int n = random.nextInt(5); n > 0; n--) {
        addRule(random, rules, meanings);
      }
      Verdict otherwise = random.nextBoolean() ? Verdict.ACCEPT : Verdict.REJECT;
      RoutePolicy policy = new RoutePolicy(rules, otherwise);
      for (int n = 0; n < ROUTES_PER_POLICY; n++) {
        Model model = randomRoute(random);
        PolicyRoute route = toRoute(model);
        PolicyPeer peer = pick(random, PEERS);
        Optional<PolicyRoute> result = policy.apply(peer, route);
        for (Step meaning : meanings) {
          if (!model.decided) {
            meaning.run(model, peer);
          }
        }
        boolean expected = model.decided ? model.accepted : otherwise == Verdict.ACCEPT;
        assertThat(result.map(RoutePolicyModelTest::text))
            .as(() -> "seed " + seed + ": " + policy + " of " + route + " to " + peer)
            .isEqualTo(expected ? Optional.of(model.toString()) : Optional.empty());
        RoutePolicy forPeer = policy.forPeer(peer);
        assertThat(forPeer.asksPeer()).isFalse();
        assertThat(forPeer.apply(pick(random, PEERS), route))
            .as(() -> "seed " + seed + ": " + policy + " for " + peer + " is " + forPeer)
            .isEqualTo(result);
        accepted += expected ? 1 : 0;
        rejected += expected ? 0 : 1;
      }
    }
    assertThat(Math.min(accepted, rejected)).as("both happen often").isGreaterThan(POLICIES);
  }

  private static void addRule(Random random, List<PolicyRule> rules, List<Step> meanings) {
    List<Meant<Condition>> conditions = new ArrayList<>();
    for (int n = random.nextInt(3); n > 0; n--) {
      conditions.add(randomCondition(random));
    }
    Verdict verdict = pick(random, List.of(Verdict.values()));
    List<Meant<RouteChange>> changes = new ArrayList<>();
    for (int n = verdict == Verdict.REJECT ? 0 : random.nextInt(4); n > 0; n--) {
      changes.add(randomChange(random));
    }
    rules.add(
        new PolicyRule(
            conditions.stream().map(Meant::made).toList(),
            changes.stream().map(Meant::made).toList(),
            verdict));
    meanings.add(
        (route, peer) -> {
          if (conditions.stream().allMatch(condition -> condition.meaning().run(route, peer))) {
            changes.forEach(change -> change.meaning().run(route, peer));
            route.decided = verdict != Verdict.CONTINUE;
            route.accepted = verdict == Verdict.ACCEPT;
          }
          return true;
        });
  }

  private static Meant<Condition> randomCondition(Random random) {
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        return randomPrefixCondition(random);
      }
      case 2 -> {
        String[] some = someCommunities(random);
        return new Meant<>(
            Condition.anyCommunity(some),
            (route, peer) -> Arrays.stream(some).anyMatch(route.communities::contains));
      }
      case 3 -> {
        String[] some = someCommunities(random);
        return new Meant<>(
            Condition.allCommunities(some),
            (route, peer) -> route.communities.containsAll(List.of(some)));
      }
      default -> {
        PolicyPeer wanted = pick(random, PEERS);
        return random.nextBoolean()
            ? new Meant<>(
                Condition.peer(wanted.address().toString()),
                (route, peer) -> peer.address().equals(wanted.address()))
            : new Meant<>(
                Condition.peerAs(wanted.asn(), 1), (route, peer) -> peer.asn() == wanted.asn());
      }
    }
  }

  private static Meant<Condition> randomPrefixCondition(Random random) {
    String prefix = pick(random, PREFIXES);
    int length = lengthOf(prefix);
    int longest = prefix.contains(":") ? 128 : 32;
    int ge = length + random.nextInt(longest - length + 1);
    int le = ge + random.nextInt(longest - ge + 1);
    int form = random.nextInt(4);
    String entry =
        switch (form) {
          case 0 -> prefix;
          case 1 -> prefix + " ge " + ge;
          case 2 -> prefix + " le " + le;
          default -> prefix + " ge " + ge + " le " + le;
        };
    int least = form == 1 || form == 3 ? ge : length;
    int most =
        switch (form) {
          case 0 -> length;
          case 1 -> longest;
          default -> le;
        };
    return new Meant<>(
        Condition.prefixIn(entry),
        (route, peer) ->
            lengthOf(route.prefix) >= least
                && lengthOf(route.prefix) <= most
                && route.prefix.contains(":") == prefix.contains(":")
                && bitsOf(route.prefix).startsWith(bitsOf(prefix).substring(0, length)));
  }

  private static Meant<RouteChange> randomChange(Random random) {
    String[] some = someCommunities(random);
    List<String> listed = List.of(some);
    switch (random.nextInt(9)) {
      case 0 -> {
        return change(RouteChange.addCommunities(some), route -> route.communities.addAll(listed));
      }
      case 1 -> {
        return change(
            RouteChange.removeCommunities(some),
            route -> listed.forEach(route.communities::remove));
      }
      case 2 -> {
        CommunitySet.Kind kind = pick(random, List.of(CommunitySet.Kind.values()));
        return change(
            RouteChange.removeAllCommunities(kind),
            route -> route.communities.removeIf(text -> kindOf(text) == kind));
      }
      case 3 -> {
        Set<CommunitySet.Kind> kinds =
            listed.stream()
                .map(RoutePolicyModelTest::kindOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CommunitySet.Kind.class)));
        return change(
            RouteChange.replaceCommunities(some),
            route -> {
              route.communities.removeIf(text -> kinds.contains(kindOf(text)));
              route.communities.addAll(listed);
            });
      }
      case 4 -> {
        long value = random.nextInt(3);
        return change(RouteChange.localPref(value), route -> route.localPref = Optional.of(value));
      }
      case 5 -> {
        long value = random.nextInt(3);
        return change(RouteChange.med(value), route -> route.med = Optional.of(value));
      }
      case 6 -> {
        return change(RouteChange.noMed(), route -> route.med = Optional.empty());
      }
      case 7 -> {
        int times = 1 + random.nextInt(3);
        return change(RouteChange.prepend(times), route -> route.prepend += times);
      }
      default -> {
        return randomNextHop(random);
      }
    }
  }

  private static Meant<RouteChange> randomNextHop(Random random) {
    if (random.nextBoolean()) {
      return change(RouteChange.ownNextHop(), route -> route.nextHop = "self");
    }
    String address = random.nextBoolean() ? "192.0.2.77" : "2001:db8::77";
    return change(
        RouteChange.nextHop(address),
        route -> {
          if (route.isIpv4() != address.contains(":")) {
            route.nextHop = address;
          }
        });
  }

  private static Meant<RouteChange> change(
      RouteChange made, java.util.function.Consumer<Model> meaning) {
    return new Meant<>(
        made,
        (route, peer) -> {
          meaning.accept(route);
          return true;
        });
  }

  private static Model randomRoute(Random random) {
    Model model = new Model();
    model.prefix = pick(random, PREFIXES);
    for (String community : COMMUNITIES) {
      if (random.nextInt(3) == 0) {
        model.communities.add(community);
      }
    }
    if (random.nextBoolean()) {
      model.med = Optional.of((long) random.nextInt(3));
    }
    if (random.nextBoolean()) {
      model.localPref = Optional.of((long) random.nextInt(3));
    }
    model.prepend = random.nextInt(2);
    if (random.nextInt(3) == 0) {
      model.nextHop = model.isIpv4() ? "192.0.2.66" : "2001:db8::66";
    }
    return model;
  }

  private static PolicyRoute toRoute(Model model) {
    List<PathAttribute> attributes = new ArrayList<>(List.of(Origin.IGP));
    model.localPref.ifPresent(value -> attributes.add(new LocalPref(value)));
    model.med.ifPresent(value -> attributes.add(new MultiExitDisc(value)));
    CommunitySet communities = CommunitySet.of(model.communities.toArray(String[]::new));
    return new PolicyRoute(
        Prefix.parse(model.prefix),
        communities.addedTo(PathAttributes.of(attributes)),
        model.prepend,
        model.nextHop.equals("self")
            ? Optional.empty()
            : Optional.of(IpAddress.parse(model.nextHop)));
  }

  /** A route in the words of {@link Model#toString}. */
  private static String text(PolicyRoute route) {
    PathAttributes attributes = route.attributes();
    Set<String> communities = new TreeSet<>();
    attributes.communities().forEach(one -> communities.add(one.toString()));
    attributes.extendedCommunities().forEach(one -> communities.add(one.toString()));
    attributes.largeCommunities().forEach(one -> communities.add(one.toString()));
    return route.destination()
        + " "
        + communities
        + " "
        + attributes.get(LocalPref.class).map(LocalPref::value)
        + " "
        + attributes.get(MultiExitDisc.class).map(MultiExitDisc::value)
        + " "
        + route.prepend()
        + " "
        + route.nextHop().map(Object::toString).orElse("self");
  }

  private static CommunitySet.Kind kindOf(String community) {
    if (Stream.of("rt", "soo", "color", "0x").anyMatch(community::startsWith)) {
      return CommunitySet.Kind.EXTENDED;
    }
    return community.indexOf(':') != community.lastIndexOf(':')
        ? CommunitySet.Kind.LARGE
        : CommunitySet.Kind.STANDARD;
  }

  private static String[] someCommunities(Random random) {
    Set<String> some = new TreeSet<>();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      some.add(pick(random, COMMUNITIES));
    }
    return some.toArray(String[]::new);
  }

  private static int lengthOf(String prefix) {
    return Integer.parseInt(prefix.substring(prefix.indexOf('/') + 1));
  }

  private static String bitsOf(String prefix) {
    try {
      StringBuilder bits = new StringBuilder();
      for (byte octet :
          InetAddress.getByName(prefix.substring(0, prefix.indexOf('/'))).getAddress()) {
        bits.append(Integer.toBinaryString(0x100 | Byte.toUnsignedInt(octet)).substring(1));
      }
      return bits.toString();
    } catch (java.net.UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
