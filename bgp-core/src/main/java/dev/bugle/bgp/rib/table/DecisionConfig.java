package dev.bugle.bgp.rib.table;

/**
 * What of the decision process can be chosen.
 *
 * @param alwaysCompareMed whether MULTI_EXIT_DISC is compared between paths of different
 *     neighbouring ASes, too
 * @param deterministicMed whether paths are compared as RFC 4271 §9.1.2.2 says, all at once, so
 *     that the outcome depends on them alone; else a new path is compared with the best one, and
 *     the others with one another from the newest to the oldest
 * @param missingMedIsWorst whether a path without MULTI_EXIT_DISC has the highest, not the lowest
 * @param preferExisting whether the best one of another AS stays when what would decide is the BGP
 *     Identifier or less (RFC 5004)
 * @param multipath how many paths that are equal up to the interior cost count as best, 1 to 255
 */
public record DecisionConfig(
    boolean alwaysCompareMed,
    boolean deterministicMed,
    boolean missingMedIsWorst,
    boolean preferExisting,
    int multipath) {

  /** As RFC 4271 says, with one best path. */
  public static final DecisionConfig STANDARD = new DecisionConfig(false, true, false, false, 1);

  /** Checks the range. */
  public DecisionConfig {
    if (multipath < 1 || multipath > 255) {
      throw new IllegalArgumentException("multipath " + multipath + " is not in 1 to 255");
    }
  }

  /** The same with this many best paths. */
  public DecisionConfig withMultipath(int paths) {
    return new DecisionConfig(
        alwaysCompareMed, deterministicMed, missingMedIsWorst, preferExisting, paths);
  }
}
