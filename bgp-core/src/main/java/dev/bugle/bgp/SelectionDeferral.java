package dev.bugle.bgp;

import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.capability.GracefulRestartCapability;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of which families the best paths are selected by now. A speaker that comes back from a restart
 * defers that until its peers have announced everything again, or it has waited long enough (RFC
 * 4724 §4.1): what it would say before would have the peers leave ways that still work.
 *
 * <p>Not waited for are peers without graceful restart, and those that restart themselves. On the
 * thread of the tables; whoever has it has the clock, too.
 */
final class SelectionDeferral {

  private static final Logger log = LoggerFactory.getLogger(SelectionDeferral.class);

  private final Map<Object, Set<AddressFamily>> awaited = new LinkedHashMap<>();
  private final Set<AddressFamily> begun = new HashSet<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private boolean defers;

  /** Whether a session has stood: before that, there may be peers that nobody has told us of. */
  private boolean heard;

  private record Waiting(AddressFamily family, Runnable task) {}

  /**
   * As it is when the speaker begins.
   *
   * @param defers whether it comes back from a restart; else nothing is ever waited for
   */
  SelectionDeferral(boolean defers) {
    this.defers = defers;
  }

  /** Whether the best paths of the family are selected, and can be told. */
  boolean hasBegun(AddressFamily family) {
    return !defers || begun.contains(family) || isComplete(family);
  }

  /** All peers that there are have announced everything, and a session has stood. */
  private boolean isComplete(AddressFamily family) {
    boolean complete =
        heard
            && !awaited.isEmpty()
            && awaited.values().stream().noneMatch(families -> families.contains(family));
    if (complete) {
      begun.add(family);
      log.info("{}: the peers have announced everything, the best paths are selected", family);
    }
    return complete;
  }

  /** Does this when the best paths of the family are selected; at once if they are. */
  void whenBegun(AddressFamily family, Runnable task) {
    if (hasBegun(family)) {
      task.run();
    } else {
      waiting.add(new Waiting(family, task));
    }
  }

  /** There is a peer, known by its identity, that may be going to announce these. */
  void expect(Object peer, Collection<AddressFamily> families) {
    if (defers) {
      awaited.put(peer, new LinkedHashSet<>(families));
    }
  }

  /** The peer is there no more. */
  void forget(Object peer) {
    if (awaited.remove(peer) != null) {
      goOn();
    }
  }

  /** The session with the peer stands. */
  void agreed(Object peer, Negotiated negotiated) {
    heard = true;
    Optional<GracefulRestartCapability> said =
        negotiated.peerOpen().capabilities(GracefulRestartCapability.class).stream()
            .reduce((earlier, later) -> later); // RFC 4724 §3
    boolean comes = said.filter(one -> !one.restartState()).isPresent();
    satisfied(peer, family -> !comes || !negotiated.families().contains(family));
  }

  /** The peer has announced everything of the family. */
  void endOfRib(Object peer, AddressFamily family) {
    satisfied(peer, family::equals);
  }

  private void satisfied(Object peer, Predicate<AddressFamily> of) {
    Set<AddressFamily> families = awaited.get(peer);
    if (families != null) {
      families.removeIf(of);
      goOn();
    }
  }

  /** The Selection_Deferral_Timer has run out. */
  void expire() {
    if (!defers) {
      return;
    }
    List<Object> missing = new ArrayList<>();
    awaited.forEach(
        (peer, families) -> {
          families.removeAll(begun);
          if (!families.isEmpty()) {
            missing.add(peer + " " + families);
          }
        });
    if (!missing.isEmpty()) {
      log.warn("the best paths are selected without the End-of-RIB of {}", missing);
    }
    defers = false;
    awaited.clear();
    goOn();
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException unforeseen) { // the others go on
      log.error("what waited for the best paths to be selected failed", unforeseen);
    }
  }

  private void goOn() {
    for (Waiting one : List.copyOf(waiting)) {
      if (hasBegun(one.family()) && waiting.remove(one)) {
        guarded(one.task());
      }
    }
  }
}
