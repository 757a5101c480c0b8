package dev.bugle.benchmarks.bfd;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param warmUp silences of the neighbour before those that count
 * @param drops silences that count
 * @param window how long a session is watched for Downs
 */
record BfdPlan(int warmUp, int drops, Duration window) {}
