package dev.bugle.bgp.ls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on BGP-LS says what is so. */
class PageTest {

  private static final Path PAGE = Path.of("../docs/bgp-ls.md");

  @Test
  void theExampleIsTheOneThatIsCompiled() throws Exception {
    String compiled =
        between(
            Path.of("src/test/java/dev/bugle/bgp/ls/PageExample.java"),
            "    // begin",
            "    // end");
    assertThat(compiled.stripIndent()).isEqualTo(between(PAGE, "```java", "```"));
  }

  @Test
  void theJarsThatComeAlongAreThoseOnTheClassPath() throws Exception {
    TreeSet<String> listed = new TreeSet<>(between(PAGE, "```text", "```").lines().toList());
    TreeSet<String> found =
        Stream.of(System.getProperty("surefire.test.class.path", "").split(File.pathSeparator))
            .filter(entry -> entry.matches(".*(opendaylight|google/guava).*\\.jar"))
            .map(entry -> Path.of(entry).getFileName().toString())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed).isEqualTo(found);
  }

  private static String between(Path file, String begin, String end) throws Exception {
    List<String> lines = Files.readAllLines(file);
    int from = lines.indexOf(begin) + 1;
    int to = from + lines.subList(from, lines.size()).indexOf(end);
    return lines.subList(from, to).stream().collect(Collectors.joining("\n"));
  }
}
