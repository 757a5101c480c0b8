package dev.bugle.advertiser.config.yaml;

import dev.bugle.advertiser.config.yaml.YamlNode.Entry;
import dev.bugle.advertiser.config.yaml.YamlNode.Mapping;
import dev.bugle.advertiser.config.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A place in a document: the node there, its path for messages, and where its faults go. */
public final class Cursor {

  private final YamlNode node;
  private final String path;
  private final Faults faults;

  /** The values of the mapping here once one was asked for; a file may have very many. */
  private final Map<String, YamlNode> byKey = new HashMap<>();

  private Cursor(YamlNode node, String path, Faults faults) {
    this.node = node;
    this.path = path;
    this.faults = faults;
  }

  /** At the root of a document. */
  public static Cursor root(YamlNode node, Faults faults) {
    return new Cursor(node, "", faults);
  }

  /** The node here. */
  public YamlNode node() {
    return node;
  }

  /** Reports what is wrong here: what was found, and what would do. */
  public void fault(String message) {
    faults.add(node.place(), path, message);
  }

  /** Reports that the value here is not of the kind that is expected. */
  void expected(String what) {
    fault("found " + node.found() + "; expected " + what);
  }

  /** Whether no fault has been found so far in the whole document. */
  public boolean isFaultless() {
    return faults.count() == 0;
  }

  /** Whether there is a list here, with nothing in it. */
  public boolean isEmptyList() {
    return node instanceof Sequence sequence && sequence.items().isEmpty();
  }

  /** The keys of the mapping here; none if it is no mapping. */
  public List<String> keys() {
    return node instanceof Mapping mapping
        ? mapping.entries().stream().map(Entry::key).distinct().toList()
        : List.of();
  }

  /** How many faults the document has so far. */
  int faultCount() {
    return faults.count();
  }

  /** Whether the document has so many faults that no more of them are told. */
  boolean isHopeless() {
    return faults.isFull();
  }

  /** Where the value of a key is; empty if there is no such key here. */
  public Optional<Cursor> entry(String key) {
    if (byKey.isEmpty() && node instanceof Mapping mapping) {
      mapping.entries().forEach(entry -> byKey.putIfAbsent(entry.key(), entry.value()));
    }
    return Optional.ofNullable(byKey.get(key)).map(value -> new Cursor(value, pathOf(key), faults));
  }

  /**
   * Where the value of a key is; the mapping itself, under the key's name, if it has no such key.
   */
  public Cursor child(String key) {
    return entry(key).orElseGet(() -> new Cursor(node, pathOf(key), faults));
  }

  private String pathOf(String key) {
    String name = Quoted.shortened(key);
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The items of the list here; none if it is no list. */
  public List<Cursor> items() {
    List<Cursor> items = new ArrayList<>();
    if (node instanceof Sequence sequence) {
      for (YamlNode item : sequence.items()) {
        items.add(new Cursor(item, path + "[" + items.size() + "]", faults));
      }
    }
    return items;
  }

  /** The keys of the mapping here, in order, with their values; a key that repeats is a fault. */
  Map<String, Cursor> entries() {
    Map<String, Cursor> children = new LinkedHashMap<>();
    Map<String, Place> places = new HashMap<>();
    if (node instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        Place first = places.putIfAbsent(entry.key(), entry.place());
        String at = pathOf(entry.key());
        if (first == null) {
          children.put(entry.key(), new Cursor(entry.value(), at, faults));
        } else {
          faults.add(
              entry.place(),
              at,
              "this key is written twice, first in line " + first.line() + "; remove one of them");
        }
      }
    }
    return children;
  }

  /** The path with its line: {@code peers[0] (line 7)}; or what it was set by. */
  @Override
  public String toString() {
    Place place = node.place();
    return path + " (" + (place.line() > 0 ? "line " + place.line() : place) + ")";
  }
}
