package dev.bugle.bgp.rib.table;

/**
 * What has become of a path at our door.
 *
 * @param path as the import policy has left it; as it was received where it is not eligible
 * @param eligibility whether it takes part in the decision
 */
public record Imported(LearnedPath.Content path, Eligibility eligibility) {

  /** One that is taken as it is. */
  public static Imported unchanged(LearnedPath.Content path) {
    return new Imported(path, Eligibility.ELIGIBLE);
  }
}
