package dev.bugle.k8s.service;

import dev.bugle.advertiser.source.SourcedVip;
import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Standing.Effect;
import dev.bugle.advertiser.source.Verdict;
import dev.bugle.advertiser.source.VipStage;
import dev.bugle.advertiser.vip.Drain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An advertiser that only notes what it is told. */
final class RecordingStage implements VipStage {

  private final List<SourcedVips> stated = new ArrayList<>();
  private final List<Consumer<List<Verdict>>> listeners = new CopyOnWriteArrayList<>();
  private long lastSet;
  private boolean fails;

  @Override
  public synchronized void set(SourcedVips wanted) {
    if (fails) {
      fails = false;
      throw new IllegalStateException("on purpose");
    }
    stated.add(wanted);
    lastSet = System.nanoTime();
    notifyAll();
  }

  @Override
  public Runnable subscribe(Consumer<List<Verdict>> listener) {
    listeners.add(listener);
    listener.accept(List.of());
    return () -> listeners.remove(listener);
  }

  /** The next set fails, as nothing that nobody has thought of should. */
  synchronized void failOnce() {
    fails = true;
  }

  /** How often nothing at all was stated. */
  synchronized long retreats() {
    return stated.stream().filter(vips -> vips.vips().isEmpty()).count();
  }

  void tell(Verdict verdict) {
    listeners.forEach(listener -> listener.accept(List.of(verdict)));
  }

  synchronized int sets() {
    return stated.size();
  }

  synchronized long lastSet() {
    return lastSet;
  }

  synchronized SourcedVips last() {
    return stated.isEmpty() ? SourcedVips.NONE : stated.get(stated.size() - 1);
  }

  /** Why that VIP is drained, as was stated last; empty text if it is not. */
  String drained(String name) {
    return last().vips().stream()
        .filter(vip -> vip.vip().name().equals(name))
        .flatMap(vip -> vip.drain().stream())
        .map(Drain::reason)
        .findFirst()
        .orElse("");
  }

  /** What was stated last, by name: {@code ready}, or {@code -stale} if it is kept back. */
  Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    for (SourcedVip vip : last().vips()) {
      String sign = vip.standing().effect() == Effect.FORBIDS ? "-" : "";
      values.put(vip.vip().name(), sign + vip.standing().value());
    }
    return values;
  }
}
