package dev.bugle.advertiser;

import static java.util.stream.Collectors.joining;

import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.config.PeerBfd;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bfd.BfdConfig;
import dev.bugle.bfd.BfdSession;
import dev.bugle.bfd.BfdSessionConfig;
import dev.bugle.bfd.BfdSpeaker;
import dev.bugle.bfd.BfdStatus;
import dev.bugle.bgp.PeerAddress;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The BFD sessions with the routers that have one. Each tells how the path is ({@link PathRelay}),
 * and is watched until it is up ({@link UpWatches}). Without any there is no thread, no socket and
 * no native code.
 *
 * <p>A session whose timing or keys are to be others goes on with them. Where anything else of it
 * is, another takes its place, and BGP takes that for no failure: the path is not watched until it
 * is up.
 *
 * <p>Not thread-safe; only what the sessions tell comes on BFD's thread.
 */
final class BfdCoupling implements AutoCloseable {

  private final UpWatches watches;
  private final Map<PeerAddress, BfdLink> links = new ConcurrentHashMap<>();
  private final Map<PeerAddress, PathLatency> latencies = new ConcurrentHashMap<>();
  private final Ticker ticker;
  private final Optional<AdvertiserMeters> meters;
  private Optional<BfdSpeaker> speaker = Optional.empty();

  /**
   * What is to be, and has been tried.
   *
   * @param wanted the sessions, with their keys
   * @param fresh those of them that run already, beside those that they are to replace
   */
  record Draft(Map<PeerAddress, BfdSessionConfig> wanted, Map<PeerAddress, BfdLink> fresh) {}

  /** Nothing yet; the warnings of sessions that do not come up go to that one. */
  BfdCoupling(Ticker ticker, Consumer<String> warnings, Optional<AdvertiserMeters> meters) {
    this.ticker = ticker;
    this.meters = meters;
    this.watches = new UpWatches(ticker, warnings);
  }

  /**
   * Starts the sessions. When one is refused, {@link #close} ends those that were not.
   *
   * @throws IllegalStateException naming the router whose session cannot be had as it is
   *     configured, and why
   */
  void start(List<Neighbor> neighbors) {
    links.putAll(draft(neighbors).fresh());
  }

  /**
   * Reads the keys, and starts the sessions that can be there beside those that there are. Nobody
   * hears of them yet.
   *
   * @throws IllegalStateException as {@link #start}; then there is none of them
   */
  Draft draft(List<Neighbor> neighbors) {
    Draft draft = new Draft(new LinkedHashMap<>(), new LinkedHashMap<>());
    List<PeerBfd> all = neighbors.stream().flatMap(n -> n.bfd().stream()).toList();
    for (Neighbor neighbor : neighbors) {
      try {
        neighbor.bfd().ifPresent(bfd -> add(neighbor, bfd, all, draft));
      } catch (UnsupportedOperationException
          | UncheckedIOException
          | IllegalArgumentException refused) {
        cancel(draft);
        throw new IllegalStateException("peer " + neighbor + ": " + refused.getMessage(), refused);
      }
    }
    return draft;
  }

  private void add(Neighbor neighbor, PeerBfd bfd, List<PeerBfd> all, Draft draft) {
    PeerAddress address = neighbor.bgp().peerAddress();
    BfdSessionConfig wanted = BfdKeyReader.withKeys(bfd);
    draft.wanted().put(address, wanted);
    BfdLink before = links.get(address);
    if (before == null || !before.isOnPathOf(wanted)) {
      open(all);
      requireReceiving(wanted);
      draft.fresh().put(address, link("BFD with " + neighbor, wanted));
    }
  }

  /** Ends what a draft has started. */
  void cancel(Draft draft) {
    draft.fresh().values().forEach(this::end);
    closeIfIdle();
  }

  private BfdLink link(String name, BfdSessionConfig wanted) {
    PathRelay relay = new PathRelay();
    BfdSession session = speaker.orElseThrow().session(wanted, relay);
    watches.add(name, session::status);
    return new BfdLink(name, wanted, session, relay);
  }

  private void open(Iterable<PeerBfd> wanted) {
    if (speaker.isEmpty()) {
      speaker = Optional.of(BfdSpeaker.open(receivingFor(wanted)));
    }
  }

  /** Takes no more addresses of this host than it must, so that others can have theirs. */
  private BfdConfig receivingFor(Iterable<PeerBfd> wanted) {
    BfdConfig.Builder config = config();
    for (PeerBfd bfd : wanted) {
      Optional<InetAddress> local = bfd.session().local();
      if (local.isEmpty()) {
        return config().build(); // on every address
      }
      config.localAddress(local.get().getHostAddress());
    }
    return config.build();
  }

  private BfdConfig.Builder config() {
    BfdConfig.Builder config = BfdConfig.builder().jvmRealTime(true);
    meters.ifPresent(measures -> config.meters(measures.registry()));
    return config;
  }

  private void requireReceiving(BfdSessionConfig wanted) {
    List<InetAddress> addresses = speaker.orElseThrow().config().localAddresses();
    if (!addresses.isEmpty() && wanted.local().filter(addresses::contains).isEmpty()) {
      throw new IllegalArgumentException(
          "BFD "
              + wanted
              + ": the program receives BFD on "
              + addresses.stream()
                  .map(InetAddress::getHostAddress)
                  .distinct()
                  .collect(joining(", "))
              + " only, as it was when BFD began; restart the program, which then also receives "
              + wanted
                  .local()
                  .map(local -> "on " + local.getHostAddress())
                  .orElse("on the others"));
    }
  }

  /** The BGP session with that router is established now, or has ended; on any thread. */
  void session(Neighbor neighbor, boolean established) {
    Optional.ofNullable(latencies.get(neighbor)).ifPresent(one -> one.session(established));
  }

  /** Tells the path to that router, now and whenever it changes; nothing if it has no BFD. */
  void follow(Neighbor neighbor, PathSink sink) {
    follow(neighbor.bgp().peerAddress(), sink);
  }

  private void follow(PeerAddress address, PathSink sink) {
    PathSink measured =
        meters
            .map(
                measures ->
                    latencies.computeIfAbsent(
                        address, any -> new PathLatency(ticker, measures::pathFailed)))
            .map(latency -> latency.before(sink))
            .orElse(sink);
    Optional.ofNullable(links.get(address)).ifPresent(link -> link.relay().follow(measured));
  }

  /** The BGP session with that router is established now, or has ended; on any thread. */
  void session(PeerAddress address, boolean established) {
    Optional.ofNullable(latencies.get(address)).ifPresent(one -> one.session(established));
  }

  /** Whether the draft has it otherwise than it is. */
  boolean differs(PeerAddress address, Draft draft) {
    return !Optional.ofNullable(links.get(address))
        .map(BfdLink::config)
        .equals(Optional.ofNullable(draft.wanted().get(address)));
  }

  /**
   * Makes the session with that router as the draft has it.
   *
   * @return in words what was done; empty when nothing was
   * @throws IllegalStateException when it cannot be had after all, naming whether there is one
   */
  String apply(PeerAddress address, Draft draft, PathSink sink) {
    BfdLink before = links.get(address);
    BfdSessionConfig wanted = draft.wanted().get(address);
    if (!differs(address, draft)) {
      return "";
    }
    if (wanted == null) {
      remove(address);
      return "BFD ends";
    }
    BfdLink fresh = draft.fresh().get(address);
    if (before != null && fresh == null && before.canBecome(wanted)) {
      before.apply(wanted);
      links.put(address, before.with(wanted));
      return "BFD goes on with it";
    }
    remove(address);
    links.put(
        address,
        fresh == null
            ? replace(before == null ? "BFD with " + address : before.name(), wanted)
            : fresh);
    follow(address, sink);
    return before == null ? "BFD begins" : "BFD begins anew";
  }

  /** The path is taken, so there is a moment without. */
  private BfdLink replace(String name, BfdSessionConfig wanted) {
    try {
      return link(name, wanted);
    } catch (UncheckedIOException | IllegalArgumentException refused) {
      throw new IllegalStateException("there is no BFD any more: " + refused.getMessage(), refused);
    }
  }

  /** Ends the session with that router, if there is one; BGP takes that for no failure. */
  void remove(PeerAddress address) {
    Optional.ofNullable(links.remove(address)).ifPresent(this::end);
  }

  private void end(BfdLink link) {
    link.relay().leave("BFD: configured otherwise");
    watches.remove(link.name());
    link.session().close();
  }

  /** Without a session there is no thread either; the next may receive on other addresses. */
  void closeIfIdle() {
    if (links.isEmpty()) {
      speaker.ifPresent(BfdSpeaker::close);
      speaker = Optional.empty();
    }
  }

  /** How the sessions are now, by the address of the router; from any thread. */
  Map<PeerAddress, BfdStatus> status() {
    Map<PeerAddress, BfdStatus> all = new HashMap<>();
    links.forEach((address, link) -> all.put(address, link.session().status()));
    return all;
  }

  /** Ends the sessions; the routers are told that this is no failure. */
  @Override
  public void close() {
    watches.close();
    speaker.ifPresent(BfdSpeaker::close);
  }
}
