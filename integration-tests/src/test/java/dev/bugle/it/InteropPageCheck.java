package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/interop.md to what the run has shown; with {@code -Dbugle.interop.write=true} it
 * writes the page instead. Maven runs it by itself, after all other tests of a run that was not
 * narrowed by {@code -Dtest}.
 */
class InteropPageCheck {

  private static final Path PAGE = Path.of("..", "docs", "interop.md");

  @Test
  void pageSaysWhatTheRunHasShown() throws IOException {
    RequiredPeers.demand(new NamespaceLab().missing());
    InteropPage page = new InteropPage(Interop.records());
    RequiredPeers.demand(page.notRun().stream().findFirst());
    assertThat(page.missing()).as("every feature is shown with every router").isEmpty();
    if (Boolean.getBoolean("bugle.interop.write")) {
      Files.writeString(PAGE, page.text());
    }
    String written = Files.exists(PAGE) ? Files.readString(PAGE) : "";
    assertThat(differences(written, page.text()))
        .as(
            "docs/interop.md is what this run has shown; if the difference is meant, run all tests"
                + " of integration-tests with -Dbugle.interop.write=true and commit the page")
        .isEmpty();
  }

  private static List<String> differences(String written, String shown) {
    List<String> before = written.lines().toList();
    List<String> now = shown.lines().toList();
    List<String> differences = new ArrayList<>();
    before.stream().filter(line -> !now.contains(line)).forEach(l -> differences.add("page: " + l));
    now.stream().filter(line -> !before.contains(line)).forEach(l -> differences.add("run: " + l));
    if (differences.isEmpty() && !written.equals(shown)) {
      differences.add("the same lines in another order, or more or less often");
    }
    return differences;
  }
}
