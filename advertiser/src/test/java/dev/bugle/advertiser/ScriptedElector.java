package dev.bugle.advertiser;

import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Leadership;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Knows what a test tells it. */
public final class ScriptedElector implements Elector {

  private final String name;
  private final List<String> log;
  private volatile Leadership leadership = Leadership.waiting(0, "not yet");
  private final Semaphore releases = new Semaphore(0);
  private volatile boolean broken;
  private volatile boolean candidate;
  private volatile Runnable changed = () -> {};

  public ScriptedElector(String name, List<String> log) {
    this.name = name;
    this.log = log;
  }

  public void now(Leadership known) {
    leadership = known;
  }

  public void announceChange() {
    changed.run();
  }

  void breakDown() {
    broken = true;
  }

  @Override
  public void stand(boolean whether) {
    candidate = whether;
  }

  /** Leads once it is a candidate, which it is not before a peer is up, and says so. */
  public void win(Leadership held) {
    Eventually.is(() -> candidate, () -> "no candidate");
    now(held);
    announceChange();
  }

  boolean isCandidate() {
    return candidate;
  }

  @Override
  public void start(Runnable whenChanged) {
    changed = whenChanged;
  }

  @Override
  public Leadership leadership() {
    if (broken) {
      throw new IllegalStateException("elector broken");
    }
    return leadership;
  }

  @Override
  public void release() {
    log.add("release " + name);
    leadership = Leadership.waiting(0, "released");
    releases.release();
  }

  /** Waits for a release that has not been waited for yet. */
  void awaitRelease() throws InterruptedException {
    if (!releases.tryAcquire(20, TimeUnit.SECONDS)) {
      throw new AssertionError(name + " was not released");
    }
  }

  @Override
  public void close() {}
}
