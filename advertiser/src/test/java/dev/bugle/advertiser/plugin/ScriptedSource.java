package dev.bugle.advertiser.plugin;

import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Verdict;
import dev.bugle.advertiser.source.VipSource;
import dev.bugle.advertiser.source.VipSourceConfig;
import dev.bugle.advertiser.source.VipStage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** States what a test tells it, and writes down what it hears. Its own configuration. */
public final class ScriptedSource implements VipSource, VipSourceConfig {

  private final CompletableFuture<VipStage> stage = new CompletableFuture<>();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private volatile Runnable onStart = () -> {};
  private volatile Runnable onVerdict = () -> {};
  private volatile boolean closed;

  /** What it does in its start, before it knows its stage. */
  public ScriptedSource onStart(Runnable action) {
    onStart = action;
    return this;
  }

  /** What it does whenever it hears something, before it writes that down. */
  public ScriptedSource onVerdict(Runnable action) {
    onVerdict = action;
    return this;
  }

  @Override
  public String type() {
    return "scripted";
  }

  @Override
  public void start(VipStage where) {
    onStart.run();
    Runnable unused = where.subscribe(this::hear);
    stage.complete(where);
  }

  private void hear(List<Verdict> verdicts) {
    onVerdict.run();
    verdicts.forEach(
        verdict ->
            heard.add(
                verdict.vip()
                    + " "
                    + verdict.state()
                    + (verdict.announced() ? "" : ": " + verdict.reason())));
  }

  /** States that, once it has started. */
  public void state(SourcedVips wanted) {
    stage.orTimeout(20, TimeUnit.SECONDS).join().set(wanted);
  }

  /** What it hears up to the first thing that begins so. */
  public List<String> hearUntil(String beginning) throws InterruptedException {
    List<String> all = new ArrayList<>();
    while (all.isEmpty() || !all.get(all.size() - 1).startsWith(beginning)) {
      String next = heard.poll(20, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("not heard: " + beginning + "; but " + all);
      }
      all.add(next);
    }
    return all;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
