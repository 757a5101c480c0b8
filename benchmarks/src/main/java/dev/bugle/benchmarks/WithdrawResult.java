package dev.bugle.benchmarks;

/** What a run has to say of one contender. */
sealed interface WithdrawResult {

  Contender contender();

  /**
   * It was measured.
   *
   * @param first the very first withdrawal of the speaker, before anything was warm, in nanoseconds
   * @param latencies of all trials after the warm-up
   */
  record Measured(Contender contender, long first, Latencies latencies) implements WithdrawResult {}

  /** It is not here. */
  record Absent(Contender contender, String reason) implements WithdrawResult {}

  /** It is here and did not do the job. */
  record Failed(Contender contender, String reason) implements WithdrawResult {}
}
