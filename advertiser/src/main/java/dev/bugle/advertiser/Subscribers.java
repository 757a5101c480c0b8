package dev.bugle.advertiser;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears of changes. From any thread. */
final class Subscribers {

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  private final List<AdvertiserListener> all = new CopyOnWriteArrayList<>();

  void add(AdvertiserListener listener) {
    all.add(listener);
  }

  void remove(AdvertiserListener listener) {
    all.remove(listener);
  }

  /** Tells all of them; one that fails keeps nothing from the others. */
  void tell(Consumer<AdvertiserListener> what) {
    for (AdvertiserListener listener : all) {
      try {
        what.accept(listener);
      } catch (RuntimeException e) {
        log.error("a listener failed", e);
      }
    }
  }
}
