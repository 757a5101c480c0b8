package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README, and the page on policy, show what compiles. */
class ReadmeTest {

  @Test
  void theLibraryExampleIsTheOneThatIsCompiled() throws Exception {
    String readme = between(Path.of("../README.md"), "```java", "```");
    String compiled =
        between(
            Path.of("src/test/java/dev/bugle/bgp/ReadmeExample.java"),
            "    // begin",
            "    // end");
    assertThat(compiled.stripIndent()).isEqualTo(readme);
  }

  @Test
  void theExampleOfAPolicyIsTheOneThatIsCompiled() throws Exception {
    String compiled =
        between(
            Path.of("src/test/java/dev/bugle/bgp/PolicyExample.java"),
            "    // begin",
            "    // end");
    assertThat(compiled.stripIndent())
        .isEqualTo(between(Path.of("../docs/policy.md"), "```java", "```"));
  }

  @Test
  void theExampleOfPoliciesForWhatIsLearnedIsTheOneThatIsCompiled() throws Exception {
    String compiled =
        between(
            Path.of("src/test/java/dev/bugle/bgp/PolicyExample.java"),
            "    // begin learned",
            "    // end");
    List<String> page = Files.readAllLines(Path.of("../docs/policy.md"));
    assertThat(compiled.stripIndent())
        .isEqualTo(
            between(page.subList(page.indexOf("```java") + 1, page.size()), "```java", "```"));
  }

  private static String between(Path file, String begin, String end) throws Exception {
    return between(Files.readAllLines(file), begin, end);
  }

  private static String between(List<String> lines, String begin, String end) {
    int from = lines.indexOf(begin) + 1;
    int to = from + lines.subList(from, lines.size()).indexOf(end);
    return lines.subList(from, to).stream().collect(Collectors.joining("\n"));
  }
}
