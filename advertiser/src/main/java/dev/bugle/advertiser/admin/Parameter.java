package dev.bugle.advertiser.admin;

/**
 * A part of the path, or of the query, that the client chooses.
 *
 * @param name in the path's template, or in the query
 * @param kind what it may be
 * @param description for the OpenAPI description, as a sentence
 * @param example a value that would do
 */
public record Parameter(String name, Kind kind, String description, String example) {

  /** Where it is, and its form. */
  public enum Kind {
    /** One segment of the path. */
    SEGMENT,
    /**
     * An address or prefix in the path: {@code 203.0.113.10}, or {@code 203.0.113.10/32} as it is
     * written elsewhere, with its slash as it is or as {@code %2F}; or a name, whose slashes are
     * all {@code %2F}.
     */
    PREFIX,
    /** In the query; always optional. */
    QUERY
  }
}
