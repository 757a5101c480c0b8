package dev.bugle.advertiser;

import dev.bugle.advertiser.time.DurationText;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bfd.BfdStatus;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.Optional;

/**
 * Notices that a BFD session does not come up: first after ten seconds, then after twice as long
 * each time, at last every ten minutes. One thread at a time calls it.
 */
final class UpWatch {

  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Ticker ticker;
  private long notUpSince;
  private long lastTold;
  private Duration patience = FIRST;
  private BfdStatus.Counters told;

  /** From now on; with what was counted so far. */
  UpWatch(Ticker ticker, BfdStatus now) {
    this.ticker = ticker;
    this.told = now.counters();
    this.notUpSince = ticker.nanos();
    this.lastTold = notUpSince;
  }

  /** What is to be told of the session now, if anything. */
  Optional<String> look(BfdStatus status) {
    long now = ticker.nanos();
    if (status.state() == State.UP) {
      notUpSince = now;
      lastTold = now;
      patience = FIRST;
      told = status.counters();
      return Optional.empty();
    }
    if (now - lastTold < patience.toNanos()) {
      return Optional.empty();
    }
    String finding = "not up for " + elapsed(now) + ": " + Hearsay.since(told, status);
    lastTold = now;
    patience = patience.multipliedBy(2).compareTo(LONGEST) < 0 ? patience.multipliedBy(2) : LONGEST;
    told = status.counters();
    return Optional.of(finding);
  }

  private String elapsed(long now) {
    return DurationText.of(Duration.ofSeconds(Duration.ofNanos(now - notUpSince).toSeconds()));
  }
}
