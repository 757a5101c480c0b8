package dev.bugle.advertiser.config.yaml;

/**
 * Where a part of a configuration was written.
 *
 * @param source a file as the user named it, or what overrides it: {@code --set speaker.local-as},
 *     or the name of an environment variable
 * @param line counted from 1; 0 where there are no lines, or none is meant
 */
public record Place(String source, int line) {

  /** {@code bugle.yaml:12}, or the source alone. */
  @Override
  public String toString() {
    return Quoted.printable(source) + (line > 0 ? ":" + line : "");
  }
}
