package dev.bugle.advertiser.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole demo, with its processes. */
@Timeout(180)
class DemoTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static long children() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
  }

  @Test
  void theRouterSeesEveryStep() throws Exception {
    Demo demo = new Demo("dev.bugle.advertiser.cli.Main", out, false);

    assertThat(demo.play(Optional.empty())).as(text()).isTrue();

    assertThat(text())
        .contains("session with A is up", "session with B is up")
        .contains("communities 65001:100 no-export 65001:1:2")
        .contains("both sessions have stayed up")
        .contains("says Cease/Administrative Shutdown")
        .contains("The router saw every step.")
        .contains("Next:")
        .doesNotContain("\u001B");
    assertThat(children()).isZero();
  }

  @Test
  void aProgramThatDoesNotRunFailsTheDemoAndShowsItsLog() throws Exception {
    Demo demo = new Demo("no.such.Program", out, true);

    assertThat(demo.play(Optional.empty())).isFalse();

    assertThat(text())
        .contains("\u001B[31m")
        .contains("has ended before")
        .contains("no.such.Program")
        .doesNotContain("Next:");
    assertThat(children()).isZero();
  }
}
