package dev.bugle.advertiser.source;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a source states its VIPs, and hears what has become of them. From any thread. */
public interface VipStage {

  /**
   * States the whole set, in place of the one before. Never blocks, and does not fail: what cannot
   * hold of it is refused VIP by VIP, which the source hears. What is as before is not touched; of
   * several sets that come in quick succession only the last one need have an effect. After the end
   * of the source it does nothing.
   */
  void set(SourcedVips wanted);

  /**
   * Hears of what was decided of the VIPs of this source: first of all those of the latest set on
   * which there is a decision, and then of those of which there is another one. Called on the
   * source's own thread, one call at a time; of what changes while a call lasts only the latest is
   * told. What it throws is logged, and otherwise ignored.
   *
   * @param listener gets at least one verdict per call, at most one for each VIP; the first call
   *     comes at once, and has none when there is no VIP
   * @return ends it; what is being told at that moment may still arrive
   */
  Runnable subscribe(Consumer<List<Verdict>> listener);

  /**
   * Where a source that measures something registers its meters, with its name as the tag {@code
   * source}; it removes them when it is closed. Empty: nowhere.
   */
  default Optional<MeterRegistry> meters() {
    return Optional.empty();
  }
}
