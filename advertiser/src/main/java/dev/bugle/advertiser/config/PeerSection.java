package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.bgp.LocalAs;
import dev.bugle.bgp.PeerAddress;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An item of {@code peers:}, one router. */
final class PeerSection {

  static final Key<PeerAddress> ADDRESS =
      Key.requiredUnless(
          "interface",
          "address",
          BgpTypes.PEER_ADDRESS,
          "The router's address; a link-local one with its interface, like fe80::1%eth0.");

  static final Key<PeerAddress> INTERFACE =
      Key.optional(
          "interface",
          BgpTypes.INTERFACE,
          "Beside an address: the network interface, or VRF device, that connections must run over."
              + " In place of an address: the interface that the router is behind. Its link-local"
              + " address is found by router advertisements, which needs Linux and CAP_NET_RAW.");

  static final Key<RemoteAs> REMOTE_AS =
      Key.required(
          "remote-as",
          BgpTypes.REMOTE_AS,
          "The router's AS number; or external, any but ours, or internal, ours.");

  static final Key<Long> LOCAL_AS =
      Key.optional(
          "local-as",
          BgpTypes.AS_NUMBER,
          "The AS number under which this router knows us, if not the speaker's (RFC 7705).");

  static final Key<Boolean> REPLACE_AS =
      Key.withDefault(
          "replace-as",
          Types.FLAG,
          "false",
          "Keep the speaker's AS number out of the paths; otherwise it stands behind local-as.");

  static final Key<Long> PORT =
      Key.withDefault("port", BgpTypes.PORT, "179", "The router's TCP port.");

  static final Key<Boolean> PASSIVE =
      Key.withDefault(
          "passive", Types.FLAG, "false", "Wait for the router to connect; needs speaker.listen.");

  static final Key<IpAddress> LOCAL_ADDRESS =
      Key.optional("local-address", BgpTypes.ADDRESS, "The address to connect from.");

  static final Key<List<IpAddress>> NEXT_HOP =
      Key.optional(
          "next-hop",
          Types.oneOrMore(BgpTypes.NEXT_HOP),
          "The next hop of VIPs that have none of their own: one address, or one of each family."
              + " Without it, this side's address of the session, and for the other family one of"
              + " the same interface.");

  static final Key<String> DESCRIPTION =
      Key.optional("description", Types.TEXT, "What to call the router in logs.")
          .example("top-of-rack");

  static final Key<PeerBfdSection.Draft> BFD =
      Key.optional(
          "bfd",
          PeerBfdSection.TYPE,
          "Watches the path to the router: the name of a profile, or a section of its own. Without"
              + " it, only the hold time tells that the router is gone.");

  static final Section<Draft> TYPE = new Section<>("a peer", keys(), PeerSection::make);

  /** The peer, with a BFD session that does not know its profile yet, and a policy's name. */
  record Draft(PeerConfig bgp, Optional<PeerBfdSection.Draft> bfd, String exportPolicy) {

    Neighbor complete(
        Map<String, BfdProfileSection.Wishes> profiles, Map<String, RoutePolicy> policies) {
      RoutePolicy policy = policies.getOrDefault(exportPolicy, RoutePolicy.ACCEPT_ALL);
      return new Neighbor(
          bgp.toBuilder().exportPolicy(policy).build(),
          bfd.map(draft -> draft.complete(bgp, profiles)));
    }
  }

  private PeerSection() {}

  private static List<Key<?>> keys() {
    return Stream.of(
            List.of(ADDRESS, INTERFACE, REMOTE_AS, LOCAL_AS, REPLACE_AS, PORT, PASSIVE),
            SessionKeys.OFFERED,
            List.of(SessionKeys.CONNECT_RETRY, LOCAL_ADDRESS),
            PeerTransportKeys.ALL,
            List.of(NEXT_HOP),
            PeerExportKeys.ALL,
            List.of(DESCRIPTION, BFD))
        .<Key<?>>flatMap(List::stream)
        .toList();
  }

  private static Draft make(Values values) {
    check(values);
    values.find(BFD).ifPresent(bfd -> check(values, bfd));
    PeerAddress peer = peer(values);
    RemoteAs remoteAs = values.get(REMOTE_AS);
    PeerConfig.Builder config =
        (peer.isInterface()
                ? PeerConfig.onInterface(peer.toString(), remoteAs)
                : PeerConfig.builder(peer.toString(), remoteAs))
            .port(Math.toIntExact(values.get(PORT)))
            .passive(values.get(PASSIVE));
    SessionKeys.putOffered(values, config);
    config.connectRetry(values.get(SessionKeys.CONNECT_RETRY));
    values
        .find(LOCAL_AS)
        .ifPresent(asn -> config.localAs(new LocalAs(asn, values.get(REPLACE_AS))));
    values.find(LOCAL_ADDRESS).ifPresent(address -> config.localAddress(address.toString()));
    PeerTransportKeys.apply(values, config);
    for (IpAddress nextHop : values.find(NEXT_HOP).orElse(List.of())) {
      config.nextHop(nextHop.toString());
    }
    PeerExportKeys.apply(values, config);
    values.find(DESCRIPTION).ifPresent(config::description);
    values.find(BFD).ifPresent(bfd -> config.strictPath(bfd.strict()));
    if (values.find(ADDRESS).isPresent()) {
      values.find(INTERFACE).ifPresent(over -> config.interfaceName(over.toString()));
    }
    return new Draft(config.build(), values.find(BFD), values.get(PeerExportKeys.EXPORT_POLICY));
  }

  private static PeerAddress peer(Values values) {
    return values.find(ADDRESS).orElseGet(() -> values.get(INTERFACE));
  }

  private static void check(Values values) {
    boolean isIpv4 = peer(values).address().isIpv4();
    values
        .find(LOCAL_ADDRESS)
        .filter(local -> local.isIpv4() != isIpv4)
        .ifPresent(
            local ->
                values
                    .at(LOCAL_ADDRESS)
                    .fault(
                        "found "
                            + local
                            + "; expected an address of the same family as the peer's, "
                            + peer(values)));
    checkLocalAs(values);
    checkNextHops(values);
  }

  static void checkLocalAs(Values values) {
    if (values.get(REPLACE_AS) && values.find(LOCAL_AS).isEmpty()) {
      values
          .at(REPLACE_AS)
          .fault("found true, but the peer has no local-as; add it, or remove this");
    }
  }

  static void checkNextHops(Values values) {
    List<IpAddress> nextHops = values.find(NEXT_HOP).orElse(List.of());
    if (nextHops.stream().map(IpAddress::isIpv4).distinct().count() < nextHops.size()) {
      values.at(NEXT_HOP).fault("found two of one family; expected at most one of each");
    }
  }

  private static void check(Values values, PeerBfdSection.Draft bfd) {
    PeerAddress peer = peer(values);
    if (bfd.hops().isMultihop() && values.find(LOCAL_ADDRESS).isEmpty()) {
      values
          .at(BFD)
          .child(PeerBfdSection.MULTIHOP.name())
          .fault(
              "found true, but the peer has no local-address, which tells the path"
                  + " (RFC 5883 §4.1); add it");
    }
    if (peer.isInterface()) {
      values
          .at(BFD)
          .fault(
              "BFD must know the router's address; write address, like fe80::1%"
                  + peer
                  + ", in place of interface, or remove this");
    }
    bfd.interfaceName()
        .filter(name -> peer.zone().isPresent() && !peer.zone().get().equals(name))
        .ifPresent(
            name ->
                values
                    .at(BFD)
                    .child(PeerBfdSection.INTERFACE.name())
                    .fault("found " + name + ", but the router is at " + peer + "; remove this"));
  }
}
