package dev.bugle.advertiser.config.yaml;

import java.util.List;

/** A node of a YAML document, with the place where it begins. */
public sealed interface YamlNode {

  /** Where it begins. */
  Place place();

  /** What a message calls it: {@code a list}, {@code a mapping}, {@code '9s'}, {@code nothing}. */
  String found();

  /**
   * A single value.
   *
   * @param text without quotes and escapes
   * @param plain whether it was written without quotes
   */
  record Scalar(Place place, String text, boolean plain) implements YamlNode {

    /** Whether nothing was written: an empty value, {@code ~} or {@code null}. */
    public boolean isNothing() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    @Override
    public String found() {
      return isNothing() ? "nothing" : Quoted.of(text);
    }
  }

  /** A list. */
  record Sequence(Place place, List<YamlNode> items) implements YamlNode {

    /** Copies the list. */
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String found() {
      return "a list";
    }
  }

  /** Keys and values, in the order of the file; a key may be there twice. */
  record Mapping(Place place, List<Entry> entries) implements YamlNode {

    /** Copies the list. */
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String found() {
      return "a mapping";
    }
  }

  /** One key of a mapping with its value. */
  record Entry(Place place, String key, YamlNode value) {}
}
