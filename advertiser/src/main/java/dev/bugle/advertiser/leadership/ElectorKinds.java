package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Variants;
import dev.bugle.advertiser.time.Ticker;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The kinds of election that there are: those that come with the advertiser, and those of the
 * {@link ElectorProvider}s that are found beside it.
 *
 * <p>A provider that cannot be used harms nobody who does not ask for its type; who does is told
 * why, by its name. Immutable.
 */
public final class ElectorKinds {

  /** A class path that cannot be read at all fails again and again. */
  private static final int MOST_FAILURES = 100;

  private static final String TYPE = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  /** Loaded once: the class path does not change. */
  private static final class Found {
    private static final ElectorKinds KINDS = load(ElectorProvider.class.getClassLoader());
  }

  private record Kind(ElectorProvider provider, Section<? extends ElectorConfig> section) {}

  private final Map<String, Kind> kinds = new TreeMap<>();
  private final Map<String, String> repeated = new TreeMap<>();
  private final List<String> unusable = new ArrayList<>();

  private ElectorKinds() {}

  /** Those of this process, as the class loader of this class finds them. */
  public static ElectorKinds found() {
    return Found.KINDS;
  }

  static ElectorKinds load(ClassLoader loader) {
    ElectorKinds found = new ElectorKinds();
    // Not by the loader: they are there also where somebody packed the jars anew and lost its
    // files.
    found.add(new AlwaysProvider());
    found.add(new FileLockProvider());
    Iterator<ElectorProvider> each = ServiceLoader.load(ElectorProvider.class, loader).iterator();
    while (found.addNext(each)) {
      // One that cannot be loaded does not end it.
    }
    return found;
  }

  private boolean addNext(Iterator<ElectorProvider> each) {
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

  private void add(ElectorProvider provider) {
    String name = provider.getClass().getName();
    try {
      String type = provider.type();
      if (!type.matches(TYPE)) {
        throw new IllegalArgumentException(
            "its type is '" + type + "'; expected lower-case letters, digits and dashes");
      }
      Section<? extends ElectorConfig> section = provider.section();
      if (!section.keys().contains(Variants.TYPE)) {
        throw new IllegalArgumentException(
            "its section has no key type; make it with ElectorKeys.section");
      }
      Kind first = kinds.get(type);
      if (first == null) {
        kinds.put(type, new Kind(provider, section));
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
  public Map<String, Section<? extends ElectorConfig>> sections() {
    Map<String, Section<? extends ElectorConfig>> sections = new LinkedHashMap<>();
    kinds.forEach(
        (type, kind) -> {
          if (!repeated.containsKey(type)) {
            sections.put(type, kind.section());
          }
        });
    return sections;
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
        : Optional.of("a kind of election could not be loaded: " + String.join("; ", unusable));
  }

  /**
   * Makes an elector that has not started.
   *
   * @param name that of the leadership
   * @throws IllegalStateException when its kind is not there or cannot make it, with the name of
   *     the leadership and of the kind
   */
  public Elector create(String name, ElectorConfig config, Ticker ticker) {
    String type = config.type();
    Kind kind = kinds.get(type);
    if (kind == null || repeated.containsKey(type)) {
      throw new IllegalStateException(
          "leadership '"
              + name
              + "' needs an election of the type '"
              + type
              + "', which cannot be had; there are "
              + String.join(", ", sections().keySet())
              + whyMissing(type).map(why -> "; " + why).orElse(""));
    }
    try {
      return Objects.requireNonNull(
          kind.provider().create(name, config, ticker), "it made nothing");
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          "leadership '"
              + name
              + "': "
              + kind.provider().getClass().getName()
              + " cannot make an elector of the type '"
              + type
              + "': "
              + message(e),
          e);
    }
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
