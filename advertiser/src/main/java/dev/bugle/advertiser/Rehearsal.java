package dev.bugle.advertiser;

import java.util.List;

/** Trying beside what runs whether something can be had. */
final class Rehearsal {

  private Rehearsal() {}

  /** Tries it; why it cannot be had goes to the refusals. */
  static void of(Runnable attempt, List<String> refusals) {
    try {
      attempt.run();
    } catch (IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException refused) {
      refusals.add(String.valueOf(refused.getMessage()));
    }
  }
}
