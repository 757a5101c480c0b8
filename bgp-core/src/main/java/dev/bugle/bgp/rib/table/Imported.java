package dev.bugle.bgp.rib.table;

/**
 * What has become of a path at our door.
 *
 * @param path as the import policy has left it; as it was received where it is not eligible
 * @param eligibility whether it takes part in the decision
 */
public record Imported(LearnedPath.Content path, Eligibility eligibility) {

  /** The same of the path with this identifier. */
  public Imported identifiedBy(long identifier) {
    LearnedPath.Content identified = path.identifiedBy(identifier);
    return identified.equals(path) ? this : new Imported(identified, eligibility);
  }

  /** One that is taken as it is. */
  public static Imported unchanged(LearnedPath.Content path) {
    return new Imported(path, Eligibility.ELIGIBLE);
  }
}
