package dev.bugle.bgp;

import dev.bugle.bgp.rib.table.DecisionStep;
import dev.bugle.bgp.rib.table.LearnedPath;
import dev.bugle.bgp.rib.table.RoutingTable;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the peers have announced, and what is best of it: for reading. What one peer has announced,
 * what of that was accepted, and what it is told, say {@link Peer#received}, {@link Peer#accepted}
 * and {@link Peer#advertised}. May be used from any thread. A look-up takes its turn among the
 * changes, so it sees all that was handed over before; it completes on the thread of the table,
 * which must not be made to wait. After the end of the speaker nothing completes.
 */
public final class RoutingView {

  private final RoutingTables tables;

  RoutingView(RoutingTables tables) {
    this.tables = tables;
  }

  private <T> CompletionStage<T> ask(
      AddressFamily family, Function<RoutingTable, T> question, T otherwise) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    tables.execute(() -> answer.complete(tables.known(family).map(question).orElse(otherwise)));
    return answer.minimalCompletionStage();
  }

  /** How many destinations of a family have at least one path. */
  public CompletionStage<Integer> size(AddressFamily family) {
    return ask(family, RoutingTable::size, 0);
  }

  /** The best path to exactly this destination. */
  public CompletionStage<Optional<LearnedPath>> best(AddressFamily family, Nlri destination) {
    return ask(family, table -> table.best(destination), Optional.empty());
  }

  /** All paths to exactly this destination, the best one first, and why the others are not best. */
  public CompletionStage<List<KnownPath>> paths(AddressFamily family, Nlri destination) {
    return ask(family, table -> known(table, destination), List.of());
  }

  private static List<KnownPath> known(RoutingTable table, Nlri destination) {
    Map<LearnedPath, DecisionStep> losses = table.losses(destination);
    return table.paths(destination).stream()
        .map(path -> new KnownPath(path, Optional.ofNullable(losses.get(path))))
        .toList();
  }

  /** The longest prefix that the address is in and that has a path that can be used. */
  public CompletionStage<Optional<Prefix>> longestMatch(IpAddress address) {
    return ask(family(address), table -> table.longestMatch(address), Optional.empty());
  }

  /** The prefixes in the table that this one is in, itself among them, the longest first. */
  public CompletionStage<List<Prefix>> covering(Prefix prefix) {
    return ask(family(prefix.address()), table -> table.covering(prefix), List.of());
  }

  /** The prefixes in the table that are in this one, itself among them, in no order. */
  public CompletionStage<List<Prefix>> covered(Prefix prefix) {
    return ask(family(prefix.address()), table -> table.covered(prefix), List.of());
  }

  private static AddressFamily family(IpAddress address) {
    return address.isIpv4() ? AddressFamily.IPV4_UNICAST : AddressFamily.IPV6_UNICAST;
  }

  /**
   * Follows the best paths of a family: the listener is told those that there are now, and then
   * every change, nothing lost between. Of several changes of one destination that it was not told
   * yet it is told the last one, so that no more waits for it than there are destinations. The
   * change to no path is told for a destination of which a path may never have been told. After a
   * restart it begins when the best paths are selected (RFC 4724 §4.1).
   *
   * @param executor calls the listener, once at a time
   * @return ends it when it is closed; what is being told at that moment may still arrive
   */
  public PeerSubscription follow(
      AddressFamily family, Executor executor, Consumer<BestPath> listener) {
    Subscriptions.Reader reader = new Subscriptions.Reader(family, executor, listener);
    tables.execute(
        () ->
            tables
                .selection()
                .whenBegun(family, () -> tables.subscriptions().add(reader, tables.known(family))));
    return () -> tables.execute(() -> tables.subscriptions().remove(reader));
  }
}
