package dev.bugle.advertiser;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.InvalidConfigException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration anew and lets it hold, whoever asks for it, and logs what has come of it.
 * May be called from any thread; two at a time come one after the other.
 */
public final class Reloading {

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  private final Advertiser advertiser;
  private final ConfigSource source;

  /** For that advertiser, from there. */
  public Reloading(Advertiser advertiser, ConfigSource source) {
    this.advertiser = advertiser;
    this.source = source;
  }

  /**
   * Reloads, and waits until it is done; see {@link Advertiser#reload}. Never throws.
   *
   * @param by who wants it, for the log, such as {@code SIGHUP}
   */
  public synchronized ReloadOutcome run(String by) {
    ReloadOutcome outcome = outcome();
    if (outcome instanceof ReloadOutcome.Applied applied && applied.report().isComplete()) {
      outcome.lines().forEach(line -> log.info("reload: {}", line));
      log.info("reloaded ({})", by);
    } else if (outcome instanceof ReloadOutcome.Applied) {
      outcome.lines().forEach(line -> log.warn("reload: {}", line));
      log.error("reloaded in part ({}); correct what failed, and reload again", by);
    } else {
      // Faults as such: the log as JSON has their parts.
      List<?> reasons =
          outcome instanceof ReloadOutcome.Faulty faulty ? faulty.faults() : outcome.lines();
      reasons.forEach(reason -> log.error("reload: {}", reason));
      log.error(
          outcome instanceof ReloadOutcome.Failed
              ? "reload ({}) failed"
              : "reload ({}): nothing was changed",
          by);
    }
    return outcome;
  }

  private ReloadOutcome outcome() {
    try {
      AdvertiserConfig next = source.load();
      return new ReloadOutcome.Applied(advertiser.reload(next));
    } catch (InvalidConfigException e) {
      return new ReloadOutcome.Faulty(e.faults());
    } catch (ReloadRefusedException e) {
      return new ReloadOutcome.Refused(e.reasons());
    } catch (RuntimeException e) {
      log.debug("reload", e);
      return new ReloadOutcome.Failed(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }
}
