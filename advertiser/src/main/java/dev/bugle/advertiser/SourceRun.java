package dev.bugle.advertiser;

import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Verdict;
import dev.bugle.advertiser.source.VipSource;
import dev.bugle.advertiser.source.VipStage;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One attempt to have a source: what it says counts, and it hears what was decided, until that is
 * over. From any thread.
 */
final class SourceRun implements VipStage {

  private final VipSource source;
  private final VipStage behind;
  private final List<Runnable> subscriptions = new ArrayList<>();
  private boolean isOver;

  /** One that has not started. */
  SourceRun(VipSource source, VipStage behind) {
    this.source = source;
    this.behind = behind;
  }

  /** Starts the source. */
  void start() {
    source.start(this);
  }

  /** From now on the source says nothing any more, and hears nothing. */
  synchronized void over() {
    isOver = true;
    subscriptions.forEach(Runnable::run);
    subscriptions.clear();
  }

  /** Ends the source. */
  void close() throws Exception {
    source.close();
  }

  @Override
  public synchronized void set(SourcedVips wanted) {
    if (!isOver) {
      behind.set(wanted);
    }
  }

  @Override
  public synchronized Runnable subscribe(Consumer<List<Verdict>> listener) {
    if (isOver) {
      return () -> {};
    }
    Runnable end = behind.subscribe(listener);
    subscriptions.add(end);
    return end;
  }

  @Override
  public Optional<MeterRegistry> meters() {
    return behind.meters();
  }
}
