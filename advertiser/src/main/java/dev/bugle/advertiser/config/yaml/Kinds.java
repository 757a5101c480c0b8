package dev.bugle.advertiser.config.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The providers of one port, each of which brings one kind of a thing and the section in which it
 * is configured.
 *
 * <p>A provider that cannot be used harms nobody who does not ask for its type; who does is told
 * why, by its name. Filled by one thread; then immutable.
 *
 * @param <P> the providers
 * @param <C> what their sections become
 */
public final class Kinds<P, C> {

  /** A class path that cannot be read at all fails again and again. */
  private static final int MOST_FAILURES = 100;

  private static final String TYPE = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  private record Kind<P, C>(P provider, Section<? extends C> section) {}

  private final String noun;
  private final Function<P, String> typeOf;
  private final Function<P, Section<? extends C>> sectionOf;
  private final Map<String, Kind<P, C>> kinds = new TreeMap<>();
  private final Map<String, String> repeated = new TreeMap<>();
  private final List<String> unusable = new ArrayList<>();

  /**
   * None yet.
   *
   * @param noun for messages, such as {@code a kind of election}
   * @param typeOf the text of {@code type} that a provider means
   * @param sectionOf the section of a provider; {@link Variants#TYPE} must be among its keys
   */
  public Kinds(
      String noun, Function<P, String> typeOf, Function<P, Section<? extends C>> sectionOf) {
    this.noun = noun;
    this.typeOf = typeOf;
    this.sectionOf = sectionOf;
  }

  /** Adds all that a service loader finds. */
  public void addAll(Iterator<P> found) {
    while (addNext(found)) {
      // One that cannot be loaded does not end it.
    }
  }

  private boolean addNext(Iterator<P> each) {
    try {
      if (!each.hasNext()) {
        return false;
      }
      add(each.next());
    } catch (ServiceConfigurationError | LinkageError e) {
      unusable.add(String.valueOf(e.getMessage()));
    }
    return unusable.size() < MOST_FAILURES;
  }

  /** Adds one. */
  public void add(P provider) {
    String name = provider.getClass().getName();
    try {
      String type = typeOf.apply(provider);
      if (!type.matches(TYPE)) {
        throw new IllegalArgumentException(
            "its type is '" + type + "'; expected lower-case letters, digits and dashes");
      }
      Section<? extends C> section = sectionOf.apply(provider);
      if (!section.keys().contains(Variants.TYPE)) {
        throw new IllegalArgumentException("its section has no key type; add Variants.TYPE");
      }
      Kind<P, C> first = kinds.get(type);
      if (first == null) {
        kinds.put(type, new Kind<>(provider, section));
      } else {
        repeated.merge(
            type,
            first.provider().getClass().getName() + " and " + name,
            (a, b) -> a + " and " + name);
      }
    } catch (RuntimeException | LinkageError e) {
      unusable.add(name + ": " + message(e));
    }
  }

  /** The section of each type that can be used, by the type's text, sorted. */
  public Map<String, Section<? extends C>> sections() {
    Map<String, Section<? extends C>> sections = new LinkedHashMap<>();
    kinds.forEach(
        (type, kind) -> {
          if (!repeated.containsKey(type)) {
            sections.put(type, kind.section());
          }
        });
    return sections;
  }

  /** The provider of that type; empty when there is none that can be used. */
  public Optional<P> provider(String type) {
    return repeated.containsKey(type)
        ? Optional.empty()
        : Optional.ofNullable(kinds.get(type)).map(Kind::provider);
  }

  /**
   * Why that type may be missing, for whoever put its provider there; empty when nothing is known.
   */
  public Optional<String> whyMissing(String type) {
    if (repeated.containsKey(type)) {
      return Optional.of(
          "the type '" + type + "' is claimed by " + repeated.get(type) + "; remove one of them");
    }
    return unusable.isEmpty()
        ? Optional.empty()
        : Optional.of(noun + " could not be loaded: " + String.join("; ", unusable));
  }

  /** Which types there are instead, and why that one may be missing, for messages. */
  public String instead(String type) {
    String there =
        kinds.isEmpty() ? "there is none" : "there are " + String.join(", ", sections().keySet());
    return there + whyMissing(type).map(why -> "; " + why).orElse("");
  }

  /** What it says of itself, or else what it is. */
  public static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
