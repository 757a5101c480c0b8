package dev.bugle.advertiser;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for what others do, within bounds; who must not wait any longer can cut it short. */
final class Stages {

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  private final CompletableFuture<Void> cut = new CompletableFuture<>();

  /** From now on nobody waits here. */
  void cutShort() {
    cut.complete(null);
  }

  boolean isCutShort() {
    return cut.isDone();
  }

  /** Whether it has completed in that time; not when it has failed or the wait was cut short. */
  boolean await(String what, CompletionStage<Void> stage, Duration limit) {
    CompletableFuture<Void> awaited = stage.toCompletableFuture();
    return await(what, CompletableFuture.anyOf(awaited, cut), System.nanoTime() + limit.toNanos())
        && awaited.isDone();
  }

  /** Whether it has completed by then, a reading of {@link System#nanoTime}. */
  static boolean await(String what, CompletionStage<?> stage, long end) {
    try {
      stage.toCompletableFuture().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      log.warn("{} takes too long, so it is cut short", what);
    } catch (ExecutionException e) {
      log.error("{} failed", what, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
