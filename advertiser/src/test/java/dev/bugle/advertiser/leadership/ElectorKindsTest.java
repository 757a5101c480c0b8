package dev.bugle.advertiser.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Variants;
import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.advertiser.time.Ticker;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of election that a real service loader finds, good ones and bad ones. */
class ElectorKindsTest {

  private record Config(String type) implements ElectorConfig {}

  /** Works, as far as it goes. */
  public static class Fine implements ElectorProvider {
    /** For the service loader. */
    public Fine() {}

    @Override
    public String type() {
      return "fine";
    }

    @Override
    public Section<? extends ElectorConfig> section() {
      return new Section<>("fine", List.of(Variants.TYPE), values -> new Config(type()));
    }

    @Override
    public Elector create(String name, ElectorConfig config, Ticker ticker) {
      return new AlwaysElector(ticker);
    }
  }

  /** Has the type of another. */
  public static final class Again extends Fine {}

  /** Has the type of one that comes with the advertiser. */
  public static final class FalseLock extends Fine {
    @Override
    public String type() {
      return "file-lock";
    }
  }

  /** Cannot make its elector. */
  public static final class Failing extends Fine {
    @Override
    public String type() {
      return "failing";
    }

    @Override
    public Elector create(String name, ElectorConfig config, Ticker ticker) {
      throw new UnsupportedOperationException("no cluster is configured; set cluster");
    }
  }

  /** Cannot be loaded. */
  public static final class Broken extends Fine {
    /** Throws. */
    public Broken() {
      throw new IllegalStateException("no native library");
    }
  }

  /** Has a section whose values nobody could write. */
  public static final class Typeless extends Fine {
    @Override
    public Section<? extends ElectorConfig> section() {
      return new Section<>("x", List.<Key<?>>of(), values -> new Config(type()));
    }
  }

  /** Has a type that is not one word. */
  public static final class Spaced extends Fine {
    @Override
    public String type() {
      return "two words";
    }
  }

  @TempDir private Path dir;

  private ElectorKinds kinds(String... providers) throws IOException {
    Path file = dir.resolve("META-INF/services/" + ElectorProvider.class.getName());
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(providers));
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {dir.toUri().toURL()}, ElectorKindsTest.class.getClassLoader())) {
      return ElectorKinds.load(loader);
    }
  }

  private static Elector create(ElectorKinds kinds, ElectorConfig config) {
    return kinds.create("vip", config, new ManualTicker());
  }

  @Test
  void thoseThatComeWithItAndThoseThatAreFoundAreThereSideBySide() throws IOException {
    ElectorKinds kinds = kinds(Fine.class.getName());
    assertThat(kinds.sections()).containsOnlyKeys("always", "file-lock", "fine", "port");
    assertThat(create(kinds, new Config("fine"))).isNotNull();
    assertThat(create(kinds, new AlwaysConfig())).isInstanceOf(AlwaysElector.class);
    assertThat(kinds.whyMissing("raft")).isEmpty();
  }

  @Test
  void aTypeThatTwoClaimIsNeithersAndBothAreNamed() throws IOException {
    ElectorKinds kinds =
        kinds(Fine.class.getName(), Again.class.getName(), FalseLock.class.getName());

    assertThat(kinds.sections()).containsOnlyKeys("always", "port");
    assertThat(kinds.whyMissing("fine"))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .contains(Fine.class.getName() + " and " + Again.class.getName())
                    .contains("remove one"));
    assertThat(kinds.whyMissing("file-lock"))
        .hasValueSatisfying(why -> assertThat(why).contains(FalseLock.class.getName()));
    assertThatThrownBy(() -> create(kinds, new Config("fine")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("leadership 'vip'")
        .hasMessageContaining(Again.class.getName());
  }

  @Test
  void oneThatCannotMakeItsElectorIsNamedWithTheCause() throws IOException {
    ElectorKinds kinds = kinds(Failing.class.getName());
    assertThatThrownBy(() -> create(kinds, new Config("failing")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "leadership 'vip': "
                + Failing.class.getName()
                + " cannot make an elector of the type 'failing': no cluster is configured; set"
                + " cluster");
  }

  @Test
  void thoseThatCannotBeUsedAreNamedAndDoNotHarmTheOthers() throws IOException {
    ElectorKinds kinds =
        kinds(
            Broken.class.getName(),
            "com.example.Absent",
            Typeless.class.getName(),
            Spaced.class.getName(),
            Fine.class.getName());

    assertThat(kinds.sections()).containsKey("fine").doesNotContainKey("two words");
    assertThat(kinds.whyMissing("raft"))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .contains(Broken.class.getName(), "com.example.Absent")
                    .contains(Typeless.class.getName() + ": its section has no key type")
                    .contains(Spaced.class.getName() + ": its type is 'two words'"));
  }

  @Test
  void aConfigurationOfAKindThatIsNotThereIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> create(ElectorKinds.found(), new Config("raft")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("leadership 'vip' needs an election of the type 'raft'")
        .hasMessageContaining("there are always, file-lock, port");
  }
}
