package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.config.yaml.Kinds;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.time.Ticker;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The kinds of election that there are: those that come with the advertiser, and those of the
 * {@link ElectorProvider}s that are found beside it. Immutable.
 */
public final class ElectorKinds {

  /** Loaded once: the class path does not change. */
  private static final class Found {
    private static final ElectorKinds KINDS = load(ElectorProvider.class.getClassLoader());
  }

  private final Kinds<ElectorProvider, ElectorConfig> kinds =
      new Kinds<>("a kind of election", ElectorProvider::type, ElectorProvider::section);

  private ElectorKinds() {}

  /** Those of this process, as the class loader of this class finds them. */
  public static ElectorKinds found() {
    return Found.KINDS;
  }

  static ElectorKinds load(ClassLoader loader) {
    ElectorKinds found = new ElectorKinds();
    // Not by the loader: they are there also where somebody packed the jars anew and lost its
    // files.
    found.kinds.add(new AlwaysProvider());
    found.kinds.add(new FileLockProvider());
    found.kinds.addAll(ServiceLoader.load(ElectorProvider.class, loader).iterator());
    return found;
  }

  /** The section of each type that can be used, by the type's text, sorted. */
  public Map<String, Section<? extends ElectorConfig>> sections() {
    return kinds.sections();
  }

  /**
   * Why that type may be missing, for whoever put its provider there; empty when nothing is known.
   */
  public Optional<String> whyMissing(String type) {
    return kinds.whyMissing(type);
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
    ElectorProvider provider =
        kinds
            .provider(type)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "leadership '"
                            + name
                            + "' needs an election of the type '"
                            + type
                            + "', which cannot be had; "
                            + kinds.instead(type)));
    try {
      return Objects.requireNonNull(provider.create(name, config, ticker), "it made nothing");
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          "leadership '"
              + name
              + "': "
              + provider.getClass().getName()
              + " cannot make an elector of the type '"
              + type
              + "': "
              + Kinds.message(e),
          e);
    }
  }
}
