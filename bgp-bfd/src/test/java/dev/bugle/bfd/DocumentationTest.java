package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page on BFD shows what compiles. */
class DocumentationTest {

  @Test
  void theExampleIsTheOneThatCompiles() throws IOException {
    String shown = between(Path.of("../docs/bfd.md"), "```java\n", "```");
    String compiled =
        between(
            Path.of("src/test/java/dev/bugle/bfd/DocumentationExample.java"),
            "    // example\n",
            "    // end");
    assertThat(compiled.stripTrailing().stripIndent()).isEqualTo(shown.stripTrailing());
  }

  private static String between(Path file, String start, String end) throws IOException {
    String text = Files.readString(file);
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
