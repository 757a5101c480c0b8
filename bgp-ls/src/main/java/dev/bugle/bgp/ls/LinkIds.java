package dev.bugle.bgp.ls;

/**
 * The numbers that the two ends of a link give it (RFC 5307 §1.1).
 *
 * @param local 0 to 4294967295
 * @param remote the same; 0 where it is not known
 */
public record LinkIds(long local, long remote) {

  /** Checks the ranges. */
  public LinkIds {
    if (local < 0 || local > 0xFFFF_FFFFL || remote < 0 || remote > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(
          "link ids " + local + " and " + remote + " are not in 0 to 4294967295");
    }
  }

  /**
   * Parses two numbers with a slash between.
   *
   * @throws IllegalArgumentException when the text is something else
   */
  public static LinkIds parse(String text) {
    if (!text.matches("[0-9]{1,10}/[0-9]{1,10}")) {
      throw new IllegalArgumentException("'" + text + "' is not two link ids like 7/9");
    }
    int slash = text.indexOf('/');
    return new LinkIds(
        Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
  }

  /** Like {@code 7/9}. */
  @Override
  public String toString() {
    return local + "/" + remote;
  }
}
