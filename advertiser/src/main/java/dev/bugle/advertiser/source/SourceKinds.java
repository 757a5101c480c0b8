package dev.bugle.advertiser.source;

import dev.bugle.advertiser.config.yaml.Kinds;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.time.Ticker;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The kinds of source that there are: those of the {@link VipSourceProvider}s that are found beside
 * the advertiser, which has none of its own. Immutable.
 */
public final class SourceKinds {

  /** Loaded once: the class path does not change. */
  private static final class Found {
    private static final SourceKinds KINDS = load(VipSourceProvider.class.getClassLoader());
  }

  private final Kinds<VipSourceProvider, VipSourceConfig> kinds =
      new Kinds<>("a kind of source", VipSourceProvider::type, VipSourceProvider::section);

  private SourceKinds() {}

  /** Those of this process, as the class loader of this class finds them. */
  public static SourceKinds found() {
    return Found.KINDS;
  }

  static SourceKinds load(ClassLoader loader) {
    SourceKinds found = new SourceKinds();
    found.kinds.addAll(ServiceLoader.load(VipSourceProvider.class, loader).iterator());
    return found;
  }

  /** The section of each type that can be used, by the type's text, sorted. */
  public Map<String, Section<? extends VipSourceConfig>> sections() {
    return kinds.sections();
  }

  /** Why that type may be missing, for whoever put its provider there. */
  public Optional<String> whyMissing(String type) {
    return kinds
        .whyMissing(type)
        .or(
            () ->
                kinds.sections().isEmpty()
                    ? Optional.of(
                        "no kind of source is beside this program; put the jar of one on its class"
                            + " path")
                    : Optional.empty());
  }

  /**
   * Makes a source that has not started.
   *
   * @param name that of the source
   * @throws IllegalStateException when its kind is not there or cannot make it, with the name of
   *     the source and of the kind
   */
  public VipSource create(String name, VipSourceConfig config, Ticker ticker) {
    String type = config.type();
    VipSourceProvider provider =
        kinds
            .provider(type)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "source '"
                            + name
                            + "' is of the type '"
                            + type
                            + "', which cannot be had; "
                            + kinds.instead(type)));
    try {
      return Objects.requireNonNull(provider.create(name, config, ticker), "it made nothing");
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          "source '"
              + name
              + "': "
              + provider.getClass().getName()
              + " cannot make a source of the type '"
              + type
              + "': "
              + Kinds.message(e),
          e);
    }
  }
}
