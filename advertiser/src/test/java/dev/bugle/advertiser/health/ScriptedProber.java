package dev.bugle.advertiser.health;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes, fails or hangs as the test says; a hanging one does not mind being interrupted. */
final class ScriptedProber implements Prober {

  volatile boolean fails;
  volatile boolean hangs;
  final AtomicInteger started = new AtomicInteger();
  final AtomicInteger running = new AtomicInteger();
  final AtomicInteger mostRunning = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);

  @Override
  public Outcome probe(Attempt attempt) {
    started.incrementAndGet();
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      while (hangs && released.getCount() > 0) {
        awaitRelease();
      }
      return fails ? Outcome.failed("as told") : Outcome.passed("fine");
    } finally {
      running.decrementAndGet();
    }
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      // It hangs in the system, which does not know of interrupts.
    }
  }

  void release() {
    released.countDown();
  }
}
