package dev.bugle.advertiser.config.yaml;

import dev.bugle.advertiser.config.yaml.YamlNode.Entry;
import dev.bugle.advertiser.config.yaml.YamlNode.Mapping;
import dev.bugle.advertiser.config.yaml.YamlNode.Scalar;
import dev.bugle.advertiser.config.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a value into a document, at a path. The types say what a step of the path means, a key, a
 * name or an item, also where the document has nothing yet. The value itself is read and checked
 * later, with the whole document.
 */
final class Graft {

  /** The path leads nowhere; the message is for the user. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
      super(reason, null, false, false);
    }
  }

  private final Place place;
  private final List<Step> path;
  private final YamlNode value;
  private final Faults faults;

  Graft(Place place, List<Step> path, YamlNode value, Faults faults) {
    this.place = place;
    this.path = path;
    this.value = value;
    this.faults = faults;
  }

  /** The document with the value; as it was when a fault was added. */
  YamlNode onto(YamlNode root, Type<?> type) {
    try {
      return put(Optional.of(root), type, 0);
    } catch (Refused e) {
      faults.add(place, "", String.valueOf(e.getMessage()));
      return root;
    }
  }

  /** What is there when the value is in it; {@code depth} steps of the path lead there. */
  private YamlNode put(Optional<YamlNode> there, Type<?> type, int depth) throws Refused {
    if (depth == path.size()) {
      return value;
    }
    Step step = path.get(depth);
    Optional<YamlNode> old =
        there.filter(node -> !(node instanceof Scalar scalar && scalar.isNothing()));
    List<Shape> shapes = Shape.of(type);
    for (Shape shape : shapes) {
      if (shape instanceof Shape.Items items && step.isNumber()) {
        return putItem(old, items.item(), depth);
      }
    }
    for (Shape shape : shapes) {
      if (shape instanceof Shape.Names names) {
        return putEntry(old, chosen(old, step), names.value(), depth);
      } else if (shape instanceof Shape.Keys || shape instanceof Shape.Kinds) {
        Key<?> key = known(keys(shape), depth);
        return putEntry(old, key.name(), key.type(), depth);
      }
    }
    throw new Refused(
        step.isNumber() || depth == 0
            ? at(depth) + " has no items; set " + at(depth) + " itself"
            : "found "
                + Quoted.of(step.text())
                + " below "
                + at(depth)
                + ", which is "
                + type.description());
  }

  /** Of a mapping that has kinds, the keys of all of them. */
  private static List<Key<?>> keys(Shape shape) {
    if (shape instanceof Shape.Kinds kinds) {
      return kinds.variants().sections().values().stream()
          .<Key<?>>flatMap(section -> section.keys().stream())
          .toList();
    }
    return shape instanceof Shape.Keys one ? one.section().keys() : List.of();
  }

  private Key<?> known(List<Key<?>> keys, int depth) throws Refused {
    Step step = path.get(depth);
    for (Key<?> key : keys) {
      if (step.means(key.name())) {
        return key;
      }
    }
    List<String> written = keys.stream().map(Key::name).distinct().map(step::notation).toList();
    throw new Refused(
        Quoted.of(step.text())
            + " is no key "
            + (depth == 0 ? "of a configuration" : "of " + at(depth))
            + Spelling.hint(step.text(), written)
            + "; the keys here are "
            + String.join(", ", written)
            + (step.folded() ? " (a level down is written __)" : ""));
  }

  /** The name in the document that is meant, or a new one. */
  private String chosen(Optional<YamlNode> old, Step step) throws Refused {
    List<String> meant =
        old
            .map(node -> node instanceof Mapping mapping ? mapping.entries() : List.<Entry>of())
            .orElse(List.of())
            .stream()
            .map(Entry::key)
            .filter(step::means)
            .distinct()
            .toList();
    if (meant.size() > 1) {
      throw new Refused(
          Quoted.of(step.text())
              + " can be "
              + Quoted.of(meant.get(0))
              + " or "
              + Quoted.of(meant.get(1))
              + "; use --set in place of this variable");
    }
    return meant.isEmpty() ? step.name() : meant.get(0);
  }

  private YamlNode putEntry(Optional<YamlNode> old, String key, Type<?> type, int depth)
      throws Refused {
    if (old.isPresent() && !(old.get() instanceof Mapping)) {
      throw standsInTheWay(old.get(), depth);
    }
    Place begin = old.map(YamlNode::place).orElse(place);
    List<Entry> entries = new ArrayList<>();
    boolean found = false;
    for (Entry entry : old.map(node -> ((Mapping) node).entries()).orElse(List.of())) {
      if (!found && entry.key().equals(key)) {
        found = true;
        entries.add(
            new Entry(entry.place(), key, put(Optional.of(entry.value()), type, depth + 1)));
      } else {
        entries.add(entry);
      }
    }
    if (!found) {
      entries.add(new Entry(place, key, put(Optional.empty(), type, depth + 1)));
    }
    return new Mapping(begin, entries);
  }

  private YamlNode putItem(Optional<YamlNode> old, Type<?> type, int depth) throws Refused {
    if (old.isPresent() && !(old.get() instanceof Sequence)) {
      throw standsInTheWay(old.get(), depth);
    }
    int number = path.get(depth).number();
    List<YamlNode> items =
        new ArrayList<>(old.map(node -> ((Sequence) node).items()).orElse(List.of()));
    if (number > items.size()) {
      throw new Refused(
          "the list "
              + at(depth)
              + " has "
              + items.size()
              + " items; its next one has that number");
    }
    if (number == items.size()) {
      items.add(put(Optional.empty(), type, depth + 1));
    } else {
      items.set(number, put(Optional.of(items.get(number)), type, depth + 1));
    }
    return new Sequence(old.map(YamlNode::place).orElse(place), items);
  }

  private Refused standsInTheWay(YamlNode old, int depth) {
    return new Refused(
        "found "
            + old.found()
            + " as "
            + at(depth)
            + " ("
            + old.place()
            + "), which cannot be changed in part; set "
            + at(depth)
            + " itself");
  }

  /** The path down to there, as it was written. */
  private String at(int depth) {
    StringBuilder words = new StringBuilder();
    for (Step step : path.subList(0, depth)) {
      if (step.folded()) {
        words.append(words.isEmpty() ? "" : "__").append(step.text());
      } else if (step.isNumber() || step.text().indexOf('.') >= 0) {
        words.append('[').append(step.text()).append(']');
      } else {
        words.append(words.isEmpty() ? "" : ".").append(step.text());
      }
    }
    return Quoted.printable(words.toString());
  }
}
