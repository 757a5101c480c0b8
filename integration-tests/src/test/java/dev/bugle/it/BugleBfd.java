package dev.bugle.it;

import dev.bugle.bfd.BfdConfig;
import dev.bugle.bfd.BfdListener;
import dev.bugle.bfd.BfdProfile;
import dev.bugle.bfd.BfdSession;
import dev.bugle.bfd.BfdSessionConfig;
import dev.bugle.bfd.BfdSpeaker;
import dev.bugle.bfd.BfdStateChange;
import dev.bugle.bfd.BfdStatus;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.State;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * Bugle's end of a path: a BFD speaker that listens on this path's address only, so that others on
 * this host have the same port, and one session, each of whose changes is kept.
 */
final class BugleBfd implements AutoCloseable {

  private final BfdSpeaker speaker;
  private final BfdSession session;
  private final List<BfdStateChange> changes = new CopyOnWriteArrayList<>();

  private BugleBfd(BfdPath path, BfdSessionConfig config) {
    speaker = BfdSpeaker.open(BfdConfig.builder().localAddress(path.listenAddress()).build());
    BfdListener recorder = (ignored, change) -> changes.add(change);
    try {
      session = speaker.session(config, recorder);
    } catch (RuntimeException e) {
      speaker.close();
      throw e;
    }
  }

  static BugleBfd start(BfdPath path, BfdProfile profile) {
    return start(path, profile, config -> config);
  }

  /** Starts a session, with further wishes. */
  static BugleBfd start(
      BfdPath path, BfdProfile profile, UnaryOperator<BfdSessionConfig.Builder> wishes) {
    BfdSessionConfig.Builder config =
        path.isMultihop()
            ? BfdSessionConfig.multihop(path.router(), path.bugle())
            : BfdSessionConfig.singleHop(path.router()).localAddress(path.bugle());
    path.device().ifPresent(config::interfaceName);
    return new BugleBfd(path, wishes.apply(config.profile(profile)).build());
  }

  BfdSession session() {
    return session;
  }

  BfdStatus status() {
    return session.status();
  }

  boolean isUp() {
    return status().state() == State.UP;
  }

  /** Each change of state, oldest first. */
  List<BfdStateChange> changes() {
    return List.copyOf(changes);
  }

  long timesUp() {
    return changes.stream().filter(change -> change.to() == State.UP).count();
  }

  /** Packets that the session refused for this reason. */
  long dropped(DropReason reason) {
    return status().counters().dropped().getOrDefault(reason, 0L);
  }

  /** Packets that found no session, by this reason. */
  long discarded(DropReason reason) {
    return speaker.discarded().getOrDefault(reason, 0L);
  }

  @Override
  public void close() {
    speaker.close();
  }
}
