package dev.bugle.it;

import dev.bugle.bgp.BestPath;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.KnownPath;
import dev.bugle.bgp.PeerSubscription;
import dev.bugle.bgp.rib.table.LearnedPath;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Prefix;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What a speaker has learned, and which IPv4 prefixes it was without at any time. It sees every
 * change of those, since it is told on the thread of the table.
 */
final class LearnedHistory implements AutoCloseable {

  private final BgpSpeaker speaker;
  private final Set<String> lost = ConcurrentHashMap.newKeySet();
  private final PeerSubscription subscription;

  LearnedHistory(BgpSpeaker speaker) {
    this.speaker = speaker;
    this.subscription =
        speaker.learned().follow(AddressFamily.IPV4_UNICAST, Runnable::run, this::changed);
  }

  private void changed(BestPath change) {
    if (change.path().isEmpty()) {
      lost.add(change.destination().toString());
    }
  }

  /** The IPv4 prefixes that had no path that can be used, after they had one. */
  Set<String> lost() {
    return Set.copyOf(lost);
  }

  /** The communities of the best path, if there is one. */
  Optional<Set<String>> communities(String prefix) {
    return paths(prefix).stream()
        .filter(KnownPath::isBest)
        .findFirst()
        .map(known -> communities(known.path()));
  }

  /** Those of a path, all as numbers. */
  static Set<String> communities(LearnedPath path) {
    return WellKnown.numbers(path.attributes().communities().stream().map(Object::toString));
  }

  /** All paths, the best one first. */
  List<KnownPath> paths(String prefix) {
    try {
      return speaker
          .learned()
          .paths(
              prefix.contains(":") ? AddressFamily.IPV6_UNICAST : AddressFamily.IPV4_UNICAST,
              Prefix.parse(prefix))
          .toCompletableFuture()
          .get(Deadlines.ROUTE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError("the routing table does not answer", e);
    }
  }

  /** Waits until the best path has these communities and no others. */
  void awaitPath(String prefix, String... communities) {
    await(
        "%s with the communities %s".formatted(prefix, List.of(communities)),
        prefix,
        paths ->
            paths.stream()
                .anyMatch(
                    known ->
                        known.isBest() && communities(known.path()).equals(Set.of(communities))));
  }

  /** Waits until there is no path. */
  void awaitNone(String prefix) {
    await(prefix + " is forgotten", prefix, List::isEmpty);
  }

  List<KnownPath> await(String what, String prefix, Predicate<List<KnownPath>> wanted) {
    return Eventually.see(what, Deadlines.SESSION, () -> paths(prefix), wanted);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
