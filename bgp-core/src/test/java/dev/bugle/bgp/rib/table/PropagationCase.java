package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.OwnAs;
import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.rib.PeerKind;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.table.Propagation.Feature;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.Aggregator;
import dev.bugle.bgp.wire.attribute.Aigp;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.AtomicAggregate;
import dev.bugle.bgp.wire.attribute.AttributeFlags;
import dev.bugle.bgp.wire.attribute.ClusterList;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.ExtendedCommunities;
import dev.bugle.bgp.wire.attribute.ExtendedCommunity;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.OnlyToCustomer;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.OriginatorId;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.attribute.UnknownAttribute;
import dev.bugle.bgp.wire.capability.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A line of {@code propagation.txt}.
 *
 * @param propagation that is asked
 * @param path of which
 * @param expected what is told, or {@code nothing}
 */
record PropagationCase(Propagation propagation, LearnedPath path, String expected) {

  private static final Ipv4Address OWN = Ipv4Address.parse("192.0.2.1");

  /** Twenty hops to every next hop. */
  private static final NextHops WAYS = nextHop -> OptionalLong.of(20);

  private static final Map<String, RoutePolicy> POLICIES =
      Map.ofEntries(
          policy("prepend", RouteChange.prepend(2)),
          policy("med", RouteChange.med(50)),
          policy("local-pref", RouteChange.localPref(300)),
          policy("next-hop", RouteChange.nextHop("192.0.2.50")),
          policy("own-next-hop", RouteChange.ownNextHop()),
          policy("remove-communities", RouteChange.removeAllCommunities()),
          policy("add-no-export", RouteChange.addCommunities("no-export")),
          Map.entry("reject", RoutePolicy.REJECT_ALL),
          Map.entry("if-prefix", ifPrefix("198.51.100.0/24")),
          Map.entry("if-other-prefix", ifPrefix("203.0.113.0/24")));

  private static Map.Entry<String, RoutePolicy> policy(String name, RouteChange change) {
    return Map.entry(name, RoutePolicy.of(PolicyRule.always().change(change).accept()));
  }

  private static RoutePolicy ifPrefix(String prefix) {
    return RoutePolicy.of(PolicyRule.when(Condition.prefixIn(prefix)).accept());
  }

  /** Reads {@code FROM > TOWARDS [OPTION; OPTION]: PATH => PATH}. */
  static PropagationCase parse(String line) {
    int colon = line.indexOf(": ");
    String[] head = line.substring(0, colon).split(" > |(?= \\[)", -1);
    String[] paths = line.substring(colon + 2).split(" => ", -1);
    List<String> options =
        head.length < 3
            ? List.of()
            : List.of(head[2].strip().replaceAll("[\\[\\]]", "").split("; ", -1));
    PathSource source = Paths.source(constant(PathSource.Kind.class, head[0]), 9);
    return new PropagationCase(
        propagation(constant(PeerKind.class, head[1]), options),
        Paths.path(source, content(paths[0])),
        paths[1]);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Propagation propagation(PeerKind towards, List<String> options) {
    AddressFamily family = AddressFamily.IPV4_UNICAST;
    Optional<RoutePolicy> policy = Optional.of(RoutePolicy.ACCEPT_ALL);
    Optional<Role> role = Optional.empty();
    NextHopRule rule = NextHopRule.USUAL;
    Optional<IpAddress> own = Optional.of(OWN);
    List<Long> outward = new ArrayList<>(List.of(65001L));
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    for (String option : options) {
      String[] words = option.split(" ", -1);
      switch (words[0]) {
        case "policy" -> policy = Optional.of(POLICIES.get(words[1]));
        case "no-policy" -> policy = Optional.empty();
        case "role" -> role = Optional.of(constant(Role.class, words[1]));
        case "next-hop" -> rule = constant(NextHopRule.class, words[1]);
        case "no-address" -> own = Optional.empty();
        case "family" -> family = AddressFamily.parse(words[1]);
        case "local-as" -> outward.add(0, Long.valueOf(words[1]));
        case "confederation" -> outward.set(outward.size() - 1, 64500L);
        case "aigp" -> features.add(Feature.AIGP);
        case "llgr" -> features.add(Feature.LONG_LIVED_GRACEFUL_RESTART);
        case "ipv6-next-hops" -> features.add(Feature.IPV6_NEXT_HOPS);
        default -> throw new IllegalArgumentException("no such option: " + option);
      }
    }
    Set<Prefix> shared = Set.of(Prefix.parse("192.0.2.0/24"));
    return new Propagation(
        family,
        towards,
        policy,
        role,
        new NextHopChoice(rule, own, shared, WAYS),
        new Propagation.Own(new OwnAs(outward, 65001), OWN),
        features);
  }

  static Propagation withPolicy(Propagation like, RoutePolicy policy) {
    return new Propagation(
        like.family(),
        like.towards(),
        Optional.of(policy),
        like.role(),
        like.nextHop(),
        like.own(),
        like.features());
  }

  private static LearnedPath.Content content(String text) {
    int via = text.lastIndexOf(" via ");
    List<PathAttribute> attributes = new ArrayList<>(List.of(Origin.IGP));
    for (String attribute : text.substring(0, via).split(", ", -1)) {
      attributes.add(attribute(attribute));
    }
    return new LearnedPath.Content(
        PathAttributes.of(attributes), Optional.of(IpAddress.parse(text.substring(via + 5))), 0);
  }

  private static PathAttribute attribute(String text) {
    int space = text.indexOf(' ');
    String value = text.substring(space + 1);
    return switch (text.substring(0, space)) {
      case "AS_PATH" -> AsPath.parse(value);
      case "MULTI_EXIT_DISC" -> new MultiExitDisc(Long.parseLong(value));
      case "LOCAL_PREF" -> new LocalPref(Long.parseLong(value));
      case "ATOMIC_AGGREGATE" -> AtomicAggregate.PRESENT;
      case "AGGREGATOR" -> {
        List<String> words = words(value);
        yield new Aggregator(Long.parseLong(words.get(0)), Ipv4Address.parse(words.get(1)));
      }
      case "COMMUNITIES" -> new Communities(words(value).stream().map(Community::parse).toList());
      case "EXTENDED" ->
          new ExtendedCommunities(
              words(value).stream().skip(1).map(ExtendedCommunity::parse).toList());
      case "ORIGINATOR_ID" -> new OriginatorId(Ipv4Address.parse(value));
      case "CLUSTER_LIST" ->
          new ClusterList(words(value).stream().map(Ipv4Address::parse).toList());
      case "AIGP" -> Aigp.of(Long.parseUnsignedLong(value));
      case "OTC" -> new OnlyToCustomer(Long.parseLong(value));
      case "type" -> unknown(value);
      default -> throw new IllegalArgumentException("no such attribute: " + text);
    };
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  private static UnknownAttribute unknown(String text) {
    AttributeFlags flags =
        text.contains("non-transitive")
            ? AttributeFlags.OPTIONAL_NON_TRANSITIVE
            : AttributeFlags.OPTIONAL_TRANSITIVE;
    return new UnknownAttribute(
        text.contains("partial") ? flags.withPartial() : flags,
        Integer.parseInt(text.substring(0, text.indexOf(' '))),
        Bytes.hex(text.substring(text.lastIndexOf(' ') + 1)));
  }

  /** A path as a line of the table has it. */
  static String text(Path path) {
    String attributes = path.attributes().toString();
    String origin = "ORIGIN igp, ";
    if (!attributes.startsWith(origin)) {
      throw new AssertionError("ORIGIN is changed in " + path);
    }
    return attributes.substring(origin.length()) + " via " + path.nextHop().orElseThrow();
  }
}
