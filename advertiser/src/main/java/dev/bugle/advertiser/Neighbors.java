package dev.bugle.advertiser;

import dev.bugle.advertiser.ReloadReport.Kind;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bfd.BfdStatus;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.DynamicPeersConfig;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerAddress;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.Prefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routers that VIPs are announced to: their BGP sessions, BFD and passwords. BFD comes before
 * the BGP session that it protects, and goes after it. One thread at a time.
 */
final class Neighbors {

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  private static final String PEERS = "peers";

  /** How long a router that does not read may delay its own removal. */
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(2);

  private final BgpSpeaker speaker;
  private final PeerNews watch;
  private final BfdCoupling bfd;
  private final PasswordWatch passwords = new PasswordWatch();
  private final Map<PeerAddress, Joined> peers = new LinkedHashMap<>();
  private final Ranges ranges;

  private record Joined(Neighbor neighbor, Peer peer) {
    PeerConfig config() {
      return peer.config();
    }
  }

  /** What is to be, and has been tried. */
  record Draft(
      Map<PeerAddress, Neighbor> peers,
      Map<Prefix, DynamicPeersConfig> ranges,
      BfdCoupling.Draft bfd) {}

  Neighbors(BgpSpeaker speaker, Ticker ticker, PeerNews watch, Optional<AdvertiserMeters> meters) {
    this.speaker = speaker;
    this.watch = watch;
    this.ranges = new Ranges(speaker, watch);
    this.bfd = new BfdCoupling(ticker, log::warn, meters);
    watch.onEstablished(bfd::session);
  }

  /**
   * Begins the sessions, those of BFD first.
   *
   * @throws IllegalStateException when the BFD of a peer, or what protects its connections, cannot
   *     be had as it is configured, naming the peer and the cause
   */
  void start(AdvertiserConfig config) {
    bfd.start(config.peers()); // All of them: no BGP session is there without its BFD.
    config.peers().forEach(this::add);
    config.dynamicPeers().forEach(ranges::add);
  }

  /** How the BFD sessions are now, by the address of the router; from any thread. */
  Map<PeerAddress, BfdStatus> bfd() {
    return bfd.status();
  }

  private void add(Neighbor neighbor) {
    Peer added = speaker.peer(neighbor.bgp(), watch);
    peers.put(neighbor.bgp().peerAddress(), new Joined(neighbor, added));
    bfd.follow(neighbor, added::pathState);
    passwords.add(neighbor, added::authentication);
  }

  /**
   * Tries what is to be otherwise; nothing of what runs is changed.
   *
   * @param refusals takes what cannot be had
   * @return empty when something was refused; else to be applied, or cancelled
   */
  Optional<Draft> draft(AdvertiserConfig next, List<String> refusals) {
    int before = refusals.size();
    Map<PeerAddress, Neighbor> wanted = new LinkedHashMap<>();
    for (Neighbor neighbor : next.peers()) {
      if (wanted.put(neighbor.bgp().peerAddress(), neighbor) != null) {
        refusals.add("peers: " + neighbor + " is there twice; remove one of them");
      }
      Joined known = peers.get(neighbor.bgp().peerAddress());
      if (known == null || !known.config().equals(neighbor.bgp())) {
        Rehearsal.of(() -> rehearse(Optional.ofNullable(known), neighbor.bgp()), refusals);
      }
    }
    Map<Prefix, DynamicPeersConfig> wantedRanges = ranges.draft(next.dynamicPeers(), refusals);
    if (refusals.size() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Draft(wanted, wantedRanges, bfd.draft(next.peers())));
    } catch (IllegalStateException refused) {
      refusals.add(String.valueOf(refused.getMessage()));
      return Optional.empty();
    }
  }

  /** A key that cannot be read now is of no interest where it is in force already. */
  private void rehearse(Optional<Joined> known, PeerConfig wanted) {
    if (known.filter(one -> one.config().transport().equals(wanted.transport())).isEmpty()) {
      speaker.rehearse(wanted);
    }
  }

  /** Ends what a draft has begun. */
  void cancel(Draft draft) {
    bfd.cancel(draft.bfd());
  }

  /** Makes the sessions as the draft has them; those that are so already hear nothing of it. */
  void apply(Draft draft, Stages stages, Changes changes) {
    removeOthers(draft, stages, changes);
    List<Neighbor> added = new ArrayList<>();
    draft
        .peers()
        .forEach(
            (address, neighbor) -> {
              Joined known = peers.get(address);
              if (known == null) {
                added.add(neighbor);
              } else if (!known.config().equals(neighbor.bgp())
                  || bfd.differs(address, draft.bfd())) {
                change(known, neighbor, draft, changes);
              }
            });
    ranges.apply(draft.ranges(), changes);
    added.forEach(neighbor -> addNow(neighbor, draft, changes));
    bfd.closeIfIdle();
  }

  /** Their routes go first, for a router that would keep them after the end of the session. */
  private void removeOthers(Draft draft, Stages stages, Changes changes) {
    List<Joined> gone =
        peers.entrySet().stream()
            .filter(entry -> !draft.peers().containsKey(entry.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    if (!gone.isEmpty()) {
      CompletableFuture<?>[] withdrawn =
          gone.stream()
              .map(one -> one.peer().exportPolicy(RoutePolicy.REJECT_ALL))
              .map(CompletionStage::toCompletableFuture)
              .toArray(CompletableFuture<?>[]::new);
      stages.await(
          "withdrawing from peers that are removed",
          CompletableFuture.allOf(withdrawn),
          FLUSH_LIMIT);
    }
    for (Joined one : gone) {
      PeerAddress address = one.config().peerAddress();
      peers.remove(address);
      passwords.remove(address);
      one.peer().close();
      bfd.remove(address);
      changes.add(PEERS, one.neighbor(), Kind.REMOVED, "");
    }
    ranges.removeOthers(draft.ranges(), changes);
  }

  private void change(Joined known, Neighbor neighbor, Draft draft, Changes changes) {
    Peer peer = known.peer();
    PeerConfig before = peer.config();
    PeerConfig after = neighbor.bgp();
    List<String> details = new ArrayList<>();
    if (!before.equals(after)) {
      details.add(PeerDifference.between(before, after));
    }
    try {
      details.add(bfd.apply(after.peerAddress(), draft.bfd(), peer::pathState));
    } catch (IllegalStateException unprotected) {
      withoutBfd(peer, neighbor, unprotected, changes);
      return;
    }
    boolean rekeyed =
        !before.transport().authentication().equals(after.transport().authentication());
    try {
      if (rekeyed) {
        passwords.remove(after.peerAddress());
      }
      if (!before.equals(after)) {
        peer.reconfigure(after);
        details.add(after.keepsSessionOf(before) ? "the session stays" : "the session begins anew");
      } else {
        details.add("the BGP session stays");
      }
      if (rekeyed) {
        passwords.add(neighbor, peer::authentication);
      }
    } catch (IllegalArgumentException | IllegalStateException refused) {
      if (rekeyed) {
        passwords.add(known.neighbor(), peer::authentication);
      }
      changes.failed("peer " + neighbor + " stays as it was", refused);
      return;
    }
    peers.put(after.peerAddress(), new Joined(neighbor, peer));
    changes.add(PEERS, neighbor, Kind.CHANGED, PeerDifference.joined(details));
  }

  /** A protection that is configured and cannot be had is never done without. */
  private void withoutBfd(
      Peer peer, Neighbor neighbor, IllegalStateException cause, Changes changes) {
    PeerAddress address = neighbor.bgp().peerAddress();
    peers.remove(address);
    passwords.remove(address);
    peer.close();
    changes.failed("peer " + neighbor + " is removed", cause);
  }

  private void addNow(Neighbor neighbor, Draft draft, Changes changes) {
    PeerAddress address = neighbor.bgp().peerAddress();
    try {
      bfd.apply(address, draft.bfd(), (state, cause) -> {});
      add(neighbor);
      changes.add(PEERS, neighbor, Kind.ADDED, "");
    } catch (IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException refused) {
      bfd.remove(address);
      changes.failed("peer " + neighbor + " is not there", refused);
    }
  }

  /** Before the sessions end: passwords are not looked after any more. */
  void leavePasswords() {
    passwords.close();
  }

  /** Ends BFD; the routers are told that this is no failure. */
  void closeBfd() {
    bfd.close();
  }
}
