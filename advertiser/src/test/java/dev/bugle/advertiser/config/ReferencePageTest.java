package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.yaml.Cursor;
import dev.bugle.advertiser.config.yaml.Faults;
import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.YamlNode;
import dev.bugle.advertiser.config.yaml.YamlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds docs/configuration.md to the keys that read the file; with {@code
 * -Dbugle.config.write=true} it writes the page instead.
 */
class ReferencePageTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  static Stream<AllKeys.Placed> keys() {
    return AllKeys.of(RootSection.TYPE).stream();
  }

  @Test
  void thePageSaysWhatTheKeysAre() throws IOException {
    String page = ConfigReference.page();
    if (Boolean.getBoolean("bugle.config.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as(
            "docs/configuration.md; if the difference is meant, run this test with"
                + " -Dbugle.config.write=true and commit the page")
        .isEqualTo(page);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void theExampleOfEachKeyIsReadByItsType(AllKeys.Placed placed) {
    Faults faults = new Faults("example of " + placed);
    Optional<String> text = placed.example();
    assertThat(text)
        .as("%s has no example: write it behind the key, or \"such as\" into its type", placed)
        .isPresent();
    assertThat(text.get()).doesNotContain("\n", "`").isNotBlank();
    YamlNode node = YamlParser.parse(text.get(), faults).orElseThrow();

    assertThat(placed.key().type().read(Cursor.root(node, faults)))
        .as("%s: %s", placed, faults.sorted())
        .isPresent();
    assertThat(faults.sorted()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void eachKeyIsDocumentedInSentences(AllKeys.Placed placed) {
    Key<?> key = placed.key();
    assertThat(key.documentation()).as("%s", placed).matches("(?s)[A-Z].*[.].*").endsWith(".");
    assertThat(ConfigReference.page()).contains("| `" + key.name() + "` |");
  }

  @Test
  void everyLinkOfThePageLeadsToATable() {
    String page = ConfigReference.page();
    assertThat(Pattern.compile("\\(#([^)]*)\\)").matcher(page).results().map(m -> m.group(1)))
        .isNotEmpty()
        .allSatisfy(anchor -> assertThat(anchors(page)).contains(anchor));
  }

  private static Stream<String> anchors(String page) {
    return page.lines()
        .filter(line -> line.startsWith("## "))
        .map(line -> line.substring(3).toLowerCase(java.util.Locale.ROOT))
        .map(title -> title.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'));
  }
}
