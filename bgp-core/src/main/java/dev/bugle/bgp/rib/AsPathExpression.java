package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.attribute.AsPath;

/**
 * An expression over the AS numbers of a path, nearest first. Its atoms are whole numbers, so that
 * {@code 6500} never finds 65001:
 *
 * <ul>
 *   <li>{@code 65001} or {@code 64086.59905}: this AS number; {@code 64512-65534}: one of these;
 *       {@code .}: any
 *   <li>{@code ^} and {@code $}: the beginning and the end of the path
 *   <li>one after the other, with spaces between; {@code _} is a space, too, as in routers
 *   <li>{@code *}, {@code +}, {@code ?} behind an atom: any number of times, at least once, at most
 *       once
 *   <li>{@code (65001|65002 65003)}: one of these; brackets also say what is repeated
 * </ul>
 *
 * <p>Without {@code ^} and {@code $} it holds where it is found anywhere in the path. An AS_SET is
 * one place in the path, at which each of its numbers stands. The members of a confederation are
 * left out, as in the length of a path.
 *
 * <p>Matching takes time in proportion to the length of the path, whatever path a peer sends. A
 * value: two of the same text are equal.
 */
public final class AsPathExpression {

  private final String text;
  private final AsPathProgram program;

  private AsPathExpression(String text, AsPathProgram program) {
    this.text = text;
    this.program = program;
  }

  /**
   * Parses an expression of at most 1000 characters, like {@code ^65001 .* 65002$}.
   *
   * @throws IllegalArgumentException saying what was expected, and at which column
   */
  public static AsPathExpression parse(String text) {
    return new AsPathExpression(text, AsPathProgram.of(AsPathExpressionText.parse(text)));
  }

  /** Whether it is found in the path. */
  public boolean matches(AsPath path) {
    return program.isFoundIn(path);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AsPathExpression expression && expression.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text that it was made of. */
  @Override
  public String toString() {
    return text;
  }
}
