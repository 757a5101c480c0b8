package dev.bugle.advertiser;

import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bfd.BfdStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks after BFD sessions once a second, on a thread of its own: neither withdrawing nor BFD waits
 * for these warnings to be written. The thread is there once there is a session.
 */
final class UpWatches implements AutoCloseable {

  private record Watched(String name, Supplier<BfdStatus> status, UpWatch watch) {}

  private final Ticker ticker;
  private final Consumer<String> warnings;
  private final List<Watched> all = new CopyOnWriteArrayList<>();
  private Optional<ScheduledExecutorService> thread = Optional.empty();

  UpWatches(Ticker ticker, Consumer<String> warnings) {
    this.ticker = ticker;
    this.warnings = warnings;
  }

  /** From now on warns of that session, by this name. */
  void add(String name, Supplier<BfdStatus> status) {
    all.add(new Watched(name, status, new UpWatch(ticker, status.get())));
    if (thread.isEmpty()) {
      thread = Optional.of(start());
    }
  }

  /** No warnings of that one any more. */
  void remove(String name) {
    all.removeIf(one -> one.name().equals(name));
  }

  private ScheduledExecutorService start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread looker = new Thread(task, "bugle-bfd-watch");
              looker.setDaemon(true);
              return looker;
            });
    Future<?> unused = started.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    return started;
  }

  private void look() {
    for (Watched one : all) {
      one.watch()
          .look(one.status().get())
          .ifPresent(finding -> warnings.accept(one.name() + " is " + finding));
    }
  }

  /** Waits for the thread, but not long: whoever reads the warnings may be slow. */
  @Override
  public void close() {
    try {
      if (thread.isPresent()) {
        thread.get().shutdownNow();
        boolean unused = thread.get().awaitTermination(500, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
