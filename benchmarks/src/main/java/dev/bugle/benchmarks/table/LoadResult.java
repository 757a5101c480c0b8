package dev.bugle.benchmarks.table;

/**
 * What one run has shown.
 *
 * @param startSeconds from the start of the process until all sessions stand
 * @param wallSeconds from the first octet of the table until the end of the scenario
 * @param processorSeconds of the process in that time, user and system; not a number where it has
 *     no process of its own
 * @param peakMegabytes the most memory that was resident (VmHWM)
 * @param announcements how many prefixes the receivers have read, one that is repeated counts again
 */
record LoadResult(
    double startSeconds,
    double wallSeconds,
    double processorSeconds,
    double peakMegabytes,
    long announcements) {}
