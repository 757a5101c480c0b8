package dev.bugle.advertiser.config.yaml;

import java.util.List;
import java.util.stream.Stream;

/** What a {@link Type} is made of: how a path leads into it, and what a page must tell of it. */
public sealed interface Shape {

  /** A single value, into which no path leads. */
  record Single() implements Shape {}

  /** A mapping with known keys. */
  record Keys(Section<?> section) implements Shape {}

  /** A mapping with known keys, which depend on its key {@code type}. */
  record Kinds(Variants<?> variants) implements Shape {}

  /** A list. */
  record Items(Type<?> item) implements Shape {}

  /** A mapping from names that the user chooses. */
  record Names(Type<?> value) implements Shape {}

  /** A brief form, and a full one. */
  record Either(Type<?> brief, Type<?> full) implements Shape {}

  /** The shapes that a value of the type may have, the brief one first; never an Either. */
  static List<Shape> of(Type<?> type) {
    if (type.shape() instanceof Either either) {
      return Stream.of(either.brief(), either.full()).flatMap(one -> of(one).stream()).toList();
    }
    return List.of(type.shape());
  }
}
