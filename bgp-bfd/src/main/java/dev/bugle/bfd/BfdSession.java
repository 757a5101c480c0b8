package dev.bugle.bfd;

import dev.bugle.bfd.session.Event;
import dev.bugle.bfd.session.SessionConfig;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.Keys;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** A BFD session of a speaker. May be used from any thread; no method waits. */
public final class BfdSession implements AutoCloseable {

  private final SessionEnvironment environment;
  private final BfdSessionConfig config;
  private final int discriminator;
  private final SessionMeters meters;
  private final StatusBoard board;
  private final SessionDriver driver;

  BfdSession(
      SessionEnvironment environment, BfdSessionConfig config, Path path, BfdListener listener) {
    this.environment = environment;
    this.config = config;
    this.discriminator = environment.discriminators().next();
    Counters counters = new Counters();
    this.board = new StatusBoard(discriminator, path.sourcePort(), counters);
    this.meters = new SessionMeters(environment.meters(), config, board, counters);
    BfdProfile profile = config.profile();
    SessionConfig machine =
        new SessionConfig(
            discriminator,
            profile.timing(),
            profile.role(),
            profile.controlPlaneIndependent(),
            config.unaffiliated(),
            ThreadLocalRandom.current().nextInt(),
            config.keys());
    Reporter reporter = new Reporter(this, listener, environment);
    this.driver = new SessionDriver(path, machine, environment.thread(), reporter);
  }

  /** What it was made with; {@link #apply} and {@link #keys} do not change this. */
  public BfdSessionConfig config() {
    return config;
  }

  /** How it is now. */
  public BfdStatus status() {
    return board.status();
  }

  StatusBoard board() {
    return board;
  }

  SessionMeters meters() {
    return meters;
  }

  int discriminator() {
    return discriminator;
  }

  SessionDriver driver() {
    return driver;
  }

  /**
   * Lets another profile hold; the session stays UP, and a poll sequence tells the other side (RFC
   * 5880 §6.8.3). Its role and C bit hold for new sessions only, and an echo interval only where
   * the session was made with one.
   */
  public void apply(BfdProfile profile) {
    environment.thread().execute(() -> driver.apply(profile));
  }

  /** Lets other keys hold. To change one, first let both sides accept both. */
  public void keys(Optional<Keys> keys) {
    handle(new Event.KeysChanged(keys));
  }

  /** Holds the session down, and tells the other side that this is no failure (AdminDown). */
  public void disable() {
    handle(new Event.Disable());
  }

  /** Ends what {@link #disable} began. */
  public void enable() {
    handle(new Event.Enable());
  }

  /** Asks the other side at once whether it is there; for Demand mode (RFC 5880 §6.6). */
  public void poll() {
    handle(new Event.PollRequested());
  }

  /** Takes the session down: something else has shown that the path has failed. */
  public void fail(Diagnostic diagnostic) {
    handle(new Event.PathFailed(diagnostic));
  }

  private void handle(Event event) {
    environment.thread().execute(() -> driver.handle(event));
  }

  /** Ends the session: the other side is told AdminDown, so that it takes this for no failure. */
  @Override
  public void close() {
    environment.ended().accept(this);
  }

  @Override
  public String toString() {
    return config.toString();
  }
}
