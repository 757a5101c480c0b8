package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Shape;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Variants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every key that a section can have, at any depth, and a document that has them all. */
final class AllKeys {

  /** A key with where it is, and the kind of its section if that is a variant. */
  record Placed(String path, Key<?> key, Optional<String> kind) {

    Optional<String> example() {
      return kind.filter(k -> key.name().equals(Variants.TYPE.name())).or(key::example);
    }

    @Override
    public String toString() {
      return path + kind.map(k -> " (" + k + ")").orElse("");
    }
  }

  private final List<Placed> keys = new ArrayList<>();

  private AllKeys() {}

  static List<Placed> of(Section<?> root) {
    AllKeys all = new AllKeys();
    all.walk(root, "", Optional.empty());
    return all.keys;
  }

  private void walk(Section<?> section, String path, Optional<String> kind) {
    for (Key<?> key : section.keys()) {
      String at = path + (path.isEmpty() ? "" : ".") + key.name();
      keys.add(new Placed(at, key, kind));
      walk(key.type(), at);
    }
  }

  private void walk(Type<?> type, String path) {
    for (Shape shape : Shape.of(type)) {
      if (shape instanceof Shape.Keys one) {
        walk(one.section(), path, Optional.empty());
      } else if (shape instanceof Shape.Kinds kinds) {
        kinds.variants().sections().forEach((k, v) -> walk(v, path, Optional.of(k)));
      } else if (shape instanceof Shape.Items items) {
        walk(items.item(), path + "[0]");
      } else if (shape instanceof Shape.Names names) {
        walk(names.value(), path + ".name");
      }
    }
  }

  /**
   * A document with all keys, each with its example, in flow style. Not all of them go together, so
   * it is not valid as a whole.
   */
  static String document(Section<?> root) {
    return root.keys().stream()
        .map(key -> key.name() + ": " + full(key.type(), key.example().orElseThrow()) + "\n")
        .collect(Collectors.joining());
  }

  private static String full(Type<?> type, String example) {
    List<Shape> shapes = Shape.of(type);
    Shape fullest = shapes.get(shapes.size() - 1);
    if (fullest instanceof Shape.Keys one) {
      return mapping(one.section(), "");
    } else if (fullest instanceof Shape.Kinds kinds) {
      String last = kinds.variants().sections().keySet().stream().reduce((a, b) -> b).orElseThrow();
      return mapping(kinds.variants().sections().get(last), last);
    } else if (fullest instanceof Shape.Items items && items.item().example().isPresent()) {
      return "[" + full(items.item(), items.item().example().get()) + "]";
    } else if (fullest instanceof Shape.Names names) {
      return "{name: " + full(names.value(), names.value().example().orElse("")) + "}";
    }
    return example;
  }

  private static String mapping(Section<?> section, String kind) {
    return section.keys().stream()
        .map(
            key ->
                key.name()
                    + ": "
                    + (key.name().equals(Variants.TYPE.name()) && !kind.isEmpty()
                        ? kind
                        : full(key.type(), key.example().orElseThrow())))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
