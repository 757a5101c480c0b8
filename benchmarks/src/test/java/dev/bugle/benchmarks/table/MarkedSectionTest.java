package dev.bugle.benchmarks.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MarkedSectionTest {

  private static final String PAGE =
      """
      before
      <!-- x: written by benchmarks/x --write -->
      old
      <!-- x: end -->
      after
      """;

  @Test
  void onlyWhatIsBetweenTheMarksIsReplaced() throws IOException {
    assertThat(MarkedSection.replaced(PAGE, "x", "new\n")).isEqualTo(PAGE.replace("old", "new"));
  }

  @Test
  void aPageWithoutTheMarksIsRefusedAndTheyAreNamed() {
    assertThatThrownBy(() -> MarkedSection.replaced("before\nafter\n", "x", "new\n"))
        .hasMessageContaining("<!-- x: written by benchmarks/x --write -->")
        .hasMessageContaining("<!-- x: end -->");
    assertThatThrownBy(
            () -> MarkedSection.replaced(PAGE.replace("<!-- x: end -->", ""), "x", "new\n"))
        .isInstanceOf(IOException.class);
  }
}
