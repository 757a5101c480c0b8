package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Cursor;
import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Located;
import dev.bugle.advertiser.config.yaml.Spelling;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.DynamicPeersConfig;
import dev.bugle.bgp.LocalAs;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.SpeakerConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What can only be judged by looking at more than one section. */
final class CrossChecks {

  /** Of what the user names and refers to. */
  static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

  private final Values root;
  private final List<Located<PeerSection.Draft>> peers;
  private final List<Located<DynamicPeersConfig>> ranges;
  private final List<Located<VipSection.Draft>> vips;

  CrossChecks(Values root) {
    this.root = root;
    this.peers = root.find(RootSection.PEERS).orElse(List.of());
    this.ranges = root.find(RootSection.DYNAMIC_PEERS).orElse(List.of());
    this.vips = root.find(RootSection.VIPS).orElse(List.of());
  }

  void run() {
    refuseEmpty();
    refuseRepeated(
        peers.stream().filter(peer -> !isInterface(peer)).toList(),
        peer -> peer.bgp().peerAddress(),
        PeerSection.ADDRESS.name());
    refuseRepeated(
        peers.stream().filter(CrossChecks::isInterface).toList(),
        peer -> peer.bgp().peerAddress(),
        PeerSection.INTERFACE.name());
    refuseRepeated(ranges, DynamicPeersConfig::range, DynamicPeersSection.PREFIX.name());
    refusePassiveWithoutListening();
    refuseRolesTowardsOurAs();
    refuseRestartOfWhatNeedsLeadership();
    refuseLeavingWithoutRestart();
    checkProfileNames();
    checkEchoes();
    checkPolicyNames();
    names(root, RootSection.SOURCES);
    new VipChecks(root).run();
    refuseSharedPrizes();
  }

  private static boolean isInterface(Located<PeerSection.Draft> peer) {
    return peer.value().bgp().peerAddress().isInterface();
  }

  private void refuseEmpty() {
    for (var key : List.of(RootSection.PEERS, RootSection.DYNAMIC_PEERS, RootSection.VIPS)) {
      Cursor at = root.at(key);
      if (root.find(key).isPresent() && at.isEmptyList()) {
        at.fault("found an empty list; expected at least one");
      }
    }
  }

  private static <T> void refuseRepeated(
      List<Located<T>> items, Function<T, Object> identity, String key) {
    Map<Object, Cursor> seen = new HashMap<>();
    for (Located<T> item : items) {
      Object id = identity.apply(item.value());
      Cursor first = seen.putIfAbsent(id, item.at());
      if (first != null) {
        item.at()
            .child(key)
            .fault("found " + id + " again, after " + first + "; remove one of them");
      }
    }
  }

  private void refusePassiveWithoutListening() {
    boolean listens =
        root.find(RootSection.SPEAKER).map(SpeakerSection.Speaker::listens).orElse(true);
    if (!ranges.isEmpty() && !listens) {
      root.at(RootSection.DYNAMIC_PEERS)
          .fault("nobody can connect, since nothing listens; set speaker.listen, or remove this");
    }
    for (Located<PeerSection.Draft> peer : peers) {
      if (peer.value().bgp().session().passive() && !listens) {
        peer.at()
            .child(PeerSection.PASSIVE.name())
            .fault("found true, but nothing listens; set speaker.listen, or remove this");
      }
    }
  }

  private void refuseRolesTowardsOurAs() {
    Optional<Long> speakerAs =
        root.find(RootSection.SPEAKER).map(SpeakerSection.Speaker::config).map(SpeakerConfig::asn);
    for (Located<PeerSection.Draft> peer : peers) {
      PeerConfig bgp = peer.value().bgp();
      Optional<Long> ours = bgp.localAs().map(LocalAs::asn).or(() -> speakerAs);
      if (bgp.session().offer().role().isPresent()
          && ours.filter(asn -> !bgp.remoteAs().isExternal(asn)).isPresent()) {
        peer.at()
            .child(SessionKeys.ROLE.name())
            .fault(
                "the peer is in our own AS, where roles have no meaning (RFC 9234 §4); remove it");
      }
    }
  }

  /** A router that keeps routes of a program that has died breaks what leadership promises. */
  private void refuseRestartOfWhatNeedsLeadership() {
    Optional<Vip> bound =
        vips.stream().map(vip -> vip.value().vip()).filter(Vip::takesLeadership).findFirst();
    bound.ifPresent(
        vip ->
            restarting()
                .forEach(
                    at ->
                        at.child(SessionKeys.GRACEFUL_RESTART.name())
                            .fault(
                                "the router would keep "
                                    + vip
                                    + " for the restart time after this program has died, while"
                                    + " another may lead; remove this, or give all VIPs leadership"
                                    + " always")));
  }

  private void refuseLeavingWithoutRestart() {
    boolean leaves =
        root.find(RootSection.SPEAKER).filter(speaker -> speaker.onStop().forRestart()).isPresent();
    // One that is faulty might be the one.
    boolean allAreRead =
        isWholeList(RootSection.PEERS, peers) && isWholeList(RootSection.DYNAMIC_PEERS, ranges);
    if (leaves && allAreRead && restarting().isEmpty()) {
      root.at(RootSection.SPEAKER)
          .child(SpeakerSection.ON_STOP.name())
          .fault("found keep-routes, but no peer has graceful-restart; add it, or remove this");
    }
  }

  private boolean isWholeList(Key<?> key, List<?> read) {
    return root.written(key).map(at -> at.items().size()).orElse(0) == read.size();
  }

  /** The peers, and the ranges of such, that keep routes. */
  private List<Cursor> restarting() {
    return Stream.concat(
            peers.stream()
                .filter(peer -> AdvertiserConfig.keepsRoutes(peer.value().bgp()))
                .map(Located::at),
            ranges.stream()
                .filter(range -> AdvertiserConfig.keepsRoutes(range.value().template()))
                .map(Located::at))
        .toList();
  }

  private void checkProfileNames() {
    Optional<Cursor> profiles =
        root.written(RootSection.BFD).flatMap(bfd -> bfd.entry(BfdSection.PROFILES.name()));
    profiles.ifPresent(section -> checkDeclared(section, BfdProfileSection.DEFAULT));
    List<String> declared = profiles.map(Cursor::keys).orElse(List.of());
    for (Located<PeerSection.Draft> peer : peers) {
      String name =
          peer.value().bfd().map(PeerBfdSection.Draft::profile).orElse(BfdProfileSection.DEFAULT);
      if (!name.equals(BfdProfileSection.DEFAULT) && !declared.contains(name)) {
        Cursor bfd = peer.at().child(PeerSection.BFD.name());
        bfd.entry(PeerBfdSection.PROFILE.name())
            .orElse(bfd)
            .fault(unknown(name, "bfd.profiles", declared, BfdProfileSection.DEFAULT));
      }
    }
  }

  /** Echo packets go out by an interface, from an address of ours to itself (RFC 5881 §4). */
  private void checkEchoes() {
    Map<String, BfdProfileSection.Wishes> profiles = root.find(RootSection.BFD).orElse(Map.of());
    for (Located<PeerSection.Draft> peer : peers) {
      Optional<PeerBfdSection.Draft> echoing =
          peer.value().bfd().filter(bfd -> bfd.wishes(profiles).echo().isPresent());
      echoing.ifPresent(bfd -> checkEcho(peer, bfd));
    }
  }

  private static void checkEcho(Located<PeerSection.Draft> peer, PeerBfdSection.Draft bfd) {
    Cursor at = peer.at().child(PeerSection.BFD.name());
    if (bfd.hops().isMultihop()) {
      at.fault("over several hops there is no echo function (RFC 5883 §3); remove echo-interval");
    } else if (bfd.interfaceName().isEmpty()
        || peer.value().bgp().transport().localAddress().isEmpty()) {
      at.fault("echo-interval needs interface here and local-address of the peer; add them");
    }
  }

  private void checkPolicyNames() {
    List<String> declared = names(root, RootSection.POLICIES, PolicySection.ACCEPT_ALL);
    for (Located<PeerSection.Draft> peer : peers) {
      String name = peer.value().exportPolicy();
      if (!name.equals(PolicySection.ACCEPT_ALL) && !declared.contains(name)) {
        peer.at()
            .child(PeerExportKeys.EXPORT_POLICY.name())
            .fault(unknown(name, "policies", declared, PolicySection.ACCEPT_ALL));
      }
    }
  }

  /** The names that a section declares; faulty ones are told of. */
  static List<String> names(Values root, Key<?> section, String... builtIn) {
    Optional<Cursor> written = root.written(section);
    written.ifPresent(at -> checkDeclared(at, builtIn));
    return written.map(Cursor::keys).orElse(List.of());
  }

  private static void checkDeclared(Cursor section, String... builtIn) {
    for (String name : section.keys()) {
      if (List.of(builtIn).contains(name)) {
        section.child(name).fault("this name is built in; choose another");
      } else if (!name.matches(NAME)) {
        section
            .child(name)
            .fault("expected a name of at most 63 letters, digits, dots, dashes and underscores");
      }
    }
  }

  static String unknown(String name, String section, List<String> declared, String builtIn) {
    return "found '"
        + name
        + "', which is not under "
        + section
        + Spelling.hint(name, declared)
        + "; expected "
        + (declared.isEmpty() ? "" : String.join(", ", few(declared)) + " or ")
        + builtIn;
  }

  /** Of very many names no message can bear all. */
  private static List<String> few(List<String> names) {
    return names.subList(0, Math.min(names.size(), 20));
  }

  private void refuseSharedPrizes() {
    Map<String, String> users = new HashMap<>();
    root.find(RootSection.LEADERSHIP)
        .ifPresent(
            electors ->
                electors.forEach(
                    (name, elector) ->
                        elector
                            .value()
                            .prize()
                            .ifPresent(prize -> checkShared(prize, name, elector, users))));
  }

  private static void checkShared(
      String prize, String name, Located<ElectorConfig> elector, Map<String, String> users) {
    String first = users.putIfAbsent(prize, name);
    if (first != null) {
      elector
          .at()
          .fault(
              "competes for "
                  + prize
                  + " as leadership."
                  + first
                  + " does, so only one of the two could ever lead; name another, or use one"
                  + " leadership for both");
    }
  }
}
