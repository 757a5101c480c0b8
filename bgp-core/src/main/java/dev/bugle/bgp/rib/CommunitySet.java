package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.ExtendedCommunities;
import dev.bugle.bgp.wire.attribute.ExtendedCommunity;
import dev.bugle.bgp.wire.attribute.LargeCommunities;
import dev.bugle.bgp.wire.attribute.LargeCommunity;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Communities of all three kinds. They are plain values here, the well-known ones too: what {@code
 * no-export} asks is asked of whoever receives it.
 *
 * @param standard standard communities (RFC 1997), ascending, each once
 * @param extended extended communities (RFC 4360), ascending, each once
 * @param large large communities (RFC 8092), ascending, each once
 */
public record CommunitySet(
    List<Community> standard, List<ExtendedCommunity> extended, List<LargeCommunity> large) {

  /** No communities. */
  public static final CommunitySet EMPTY = new CommunitySet(List.of(), List.of(), List.of());

  /** The kinds of communities, each of which is a path attribute of its own. */
  public enum Kind {
    /** RFC 1997. */
    STANDARD,
    /** RFC 4360. */
    EXTENDED,
    /** RFC 8092. */
    LARGE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies and sorts the lists. */
  public CommunitySet {
    standard = List.copyOf(new TreeSet<>(standard));
    extended = List.copyOf(new TreeSet<>(extended));
    large = List.copyOf(new TreeSet<>(large));
  }

  /**
   * These communities, whose kinds are told apart by their notation: {@code 65001:100} or a
   * well-known name, {@code 65001:1:2} (large), {@code rt:65001:7} or {@code color:100} (extended).
   *
   * @throws IllegalArgumentException saying what is wrong with a text
   */
  public static CommunitySet of(String... texts) {
    List<Community> standard = new ArrayList<>();
    List<ExtendedCommunity> extended = new ArrayList<>();
    List<LargeCommunity> large = new ArrayList<>();
    for (String text : texts) {
      long colons = text.chars().filter(c -> c == ':').count();
      boolean startsWithDigit = !text.isEmpty() && Character.isDigit(text.charAt(0));
      if (ExtendedCommunity.isNotation(text) || (colons == 2 && !startsWithDigit)) {
        extended.add(ExtendedCommunity.parse(text));
      } else if (colons == 2) {
        large.add(LargeCommunity.parse(text));
      } else {
        standard.add(Community.parse(text));
      }
    }
    return new CommunitySet(standard, extended, large);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return standard.isEmpty() && extended.isEmpty() && large.isEmpty();
  }

  /** Whether the attributes have at least one of these. */
  boolean anyIn(PathAttributes attributes) {
    return (!standard.isEmpty() && anyIn(standard, attributes.communities()))
        || (!extended.isEmpty() && anyIn(extended, attributes.extendedCommunities()))
        || (!large.isEmpty() && anyIn(large, attributes.largeCommunities()));
  }

  private static <C> boolean anyIn(List<C> wanted, List<C> present) {
    for (int i = 0; i < wanted.size(); i++) {
      if (present.contains(wanted.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the attributes have each of these. */
  boolean allIn(PathAttributes attributes) {
    return (standard.isEmpty() || allIn(standard, attributes.communities()))
        && (extended.isEmpty() || allIn(extended, attributes.extendedCommunities()))
        && (large.isEmpty() || allIn(large, attributes.largeCommunities()));
  }

  private static <C> boolean allIn(List<C> wanted, List<C> present) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!present.contains(wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The attributes with these communities beside their own; the same object if they have all. */
  PathAttributes addedTo(PathAttributes attributes) {
    return allIn(attributes)
        ? attributes
        : replaced(
            attributes,
            union(attributes.communities(), standard),
            union(attributes.extendedCommunities(), extended),
            union(attributes.largeCommunities(), large));
  }

  private static <C extends Comparable<C>> List<C> union(List<C> present, List<C> more) {
    if (allIn(more, present)) {
      return present;
    }
    Set<C> all = new TreeSet<>(present);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** The attributes without these communities; the same object if they have none of them. */
  PathAttributes removedFrom(PathAttributes attributes) {
    return anyIn(attributes)
        ? replaced(
            attributes,
            difference(attributes.communities(), standard),
            difference(attributes.extendedCommunities(), extended),
            difference(attributes.largeCommunities(), large))
        : attributes;
  }

  private static <C> List<C> difference(List<C> present, List<C> fewer) {
    return anyIn(fewer, present)
        ? present.stream().filter(one -> !fewer.contains(one)).toList()
        : present;
  }

  /** The attributes with these communities instead of their own of those kinds that are here. */
  PathAttributes replacing(PathAttributes attributes) {
    return replaced(
        attributes,
        standard.isEmpty() ? attributes.communities() : standard,
        extended.isEmpty() ? attributes.extendedCommunities() : extended,
        large.isEmpty() ? attributes.largeCommunities() : large);
  }

  /** The attributes without any community of these kinds. */
  static PathAttributes without(Set<Kind> kinds, PathAttributes attributes) {
    return replaced(
        attributes,
        kinds.contains(Kind.STANDARD) ? List.of() : attributes.communities(),
        kinds.contains(Kind.EXTENDED) ? List.of() : attributes.extendedCommunities(),
        kinds.contains(Kind.LARGE) ? List.of() : attributes.largeCommunities());
  }

  private static PathAttributes replaced(
      PathAttributes attributes,
      List<Community> standard,
      List<ExtendedCommunity> extended,
      List<LargeCommunity> large) {
    PathAttributes result = attributes;
    if (!standard.equals(attributes.communities())) {
      result = replaced(result, Communities.class, standard, Communities::new);
    }
    if (!extended.equals(attributes.extendedCommunities())) {
      result = replaced(result, ExtendedCommunities.class, extended, ExtendedCommunities::new);
    }
    if (!large.equals(attributes.largeCommunities())) {
      result = replaced(result, LargeCommunities.class, large, LargeCommunities::new);
    }
    return result;
  }

  private static <C, A extends PathAttribute> PathAttributes replaced(
      PathAttributes attributes, Class<A> type, List<C> values, Function<List<C>, A> attribute) {
    if (!values.isEmpty()) {
      return attributes.with(attribute.apply(values));
    }
    return attributes
        .get(type)
        .map(present -> attributes.without(present.typeCode()))
        .orElse(attributes);
  }

  /** As routers print them: {@code 65001:100 no-export 65001:1:2 rt:65001:7}. */
  @Override
  public String toString() {
    return Stream.of(standard, large, extended)
        .flatMap(List::stream)
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }
}
