package dev.bugle.advertiser;

import dev.bugle.bfd.BfdListener;
import dev.bugle.bfd.BfdSession;
import dev.bugle.bfd.BfdStateChange;
import dev.bugle.bfd.wire.State;
import dev.bugle.bgp.session.PathState;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells the BGP session what the BFD session has found of the path, on BFD's thread: nothing stands
 * between the end of the Detection Time and the end of the BGP session (RFC 5882 §4.2). What
 * happened before there is a BGP session is told when it comes.
 */
final class PathRelay implements BfdListener {

  private final Predicate<BfdSession> sharesFate;

  // Guarded by this, so that BGP hears of the changes in their order.
  private Optional<PathSink> sink = Optional.empty();
  private PathState state = PathState.DOWN;
  private String cause = "BFD: not up yet";

  /** Nothing is known yet. */
  PathRelay() {
    this(PathRelay::sharesFateOfControlPlane);
  }

  /** With another way to know whether a router may merely be restarting. */
  PathRelay(Predicate<BfdSession> sharesFate) {
    this.sharesFate = sharesFate;
  }

  @Override
  public synchronized void stateChanged(BfdSession session, BfdStateChange change) {
    pathState(session, change)
        .ifPresent(
            now -> {
              state = now;
              cause = cause(change);
              sink.ifPresent(this::tell);
            });
  }

  /** From now on tells that one. */
  synchronized void follow(PathSink wants) {
    sink = Optional.of(wants);
    tell(wants);
  }

  /** Tells nobody any more, after this: the path is not watched for now, which is no failure. */
  synchronized void leave(String why) {
    sink.ifPresent(wants -> wants.pathState(PathState.ADMIN_DOWN, why));
    sink = Optional.empty();
  }

  private void tell(PathSink wants) {
    wants.pathState(state, cause);
  }

  /**
   * Whether BFD at the router does not survive a restart of its control plane (the C bit is clear).
   */
  private static boolean sharesFateOfControlPlane(BfdSession session) {
    return session
        .status()
        .remote()
        .filter(last -> !last.flags().controlPlaneIndependent())
        .isPresent();
  }

  /** What a change says of the path; empty when nothing. */
  private Optional<PathState> pathState(BfdSession session, BfdStateChange change) {
    return switch (change.to()) {
      case UP -> Optional.of(PathState.UP);
      case ADMIN_DOWN -> Optional.of(PathState.ADMIN_DOWN);
      case DOWN -> Optional.of(down(session, change));
      case INIT -> Optional.empty(); // on the way up: what was known still holds
    };
  }

  private PathState down(BfdSession session, BfdStateChange change) {
    if (isSwitchedOff(change)) {
      return PathState.ADMIN_DOWN;
    }
    return change.isFailure() && sharesFate.test(session)
        ? PathState.DOWN_OR_RESTARTING // RFC 5882 §4.3
        : PathState.DOWN;
  }

  /** The other side has left UP for AdminDown, which is no failure (RFC 5882 §3.2). */
  private static boolean isSwitchedOff(BfdStateChange change) {
    return change.from() == State.UP && !change.isFailure();
  }

  private static String cause(BfdStateChange change) {
    if (change.to() == State.DOWN && isSwitchedOff(change)) {
      return "BFD: switched off by the router (AdminDown)";
    }
    if (!change.cause().isEmpty()) {
      return "BFD: " + change.cause();
    }
    return change.to() == State.UP ? "BFD: up" : "BFD: not up yet";
  }
}
