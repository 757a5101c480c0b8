package dev.bugle.advertiser.api;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads the configuration again, and does what it says by then. */
@FunctionalInterface
public interface Reload {

  /**
   * Begins it, and waits for nothing.
   *
   * @return completes when it is done, or was refused; exceptionally when it failed in a way that
   *     nobody foresaw
   */
  CompletionStage<Outcome> reload();

  /**
   * What came of it.
   *
   * @param applied whether the new configuration holds now; if not, the old one does
   * @param messages what was changed, or the faults that it was refused for, a sentence each; they
   *     hold no secrets
   */
  record Outcome(boolean applied, List<String> messages) {

    /** Copies the list. */
    public Outcome {
      messages = List.copyOf(messages);
    }
  }
}
