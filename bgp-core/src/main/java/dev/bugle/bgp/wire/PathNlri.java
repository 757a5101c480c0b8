package dev.bugle.bgp.wire;

/**
 * An NLRI with the identifier of one of several paths to it (RFC 7911 §3). It stands in place of
 * the NLRI alone wherever {@link Direction#pathIdentifiers} has the family.
 *
 * @param pathIdentifier 0 to 4294967295; means something only to the speaker that chose it
 * @param nlri without a path identifier
 */
public record PathNlri(long pathIdentifier, Nlri nlri) implements Nlri {

  /** Octets of a Path Identifier. */
  static final int IDENTIFIER_LENGTH = 4;

  /** Checks the range, and that there is only one identifier. */
  public PathNlri {
    if (pathIdentifier < 0 || pathIdentifier > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(
          "path identifier " + pathIdentifier + " is not in 0 to 4294967295");
    }
    if (nlri instanceof PathNlri) {
      throw new IllegalArgumentException(nlri + " has a path identifier already");
    }
  }

  @Override
  public boolean isDiscarded() {
    return nlri.isDiscarded();
  }

  /** As a record's, without its slow first calls, like {@link Prefix#hashCode}. */
  @Override
  public int hashCode() {
    return 31 * nlri.hashCode() + (int) pathIdentifier;
  }

  /** Like {@code 203.0.113.10/32 path 7}. */
  @Override
  public String toString() {
    return nlri + " path " + pathIdentifier;
  }
}
