package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the program does where no router is needed. */
@ExtendWith(NothingLeftBehind.class)
@Timeout(60)
class ProgramTest {

  @Test
  void faultyConfigurationIsRefusedBeforeAnythingStarts() throws Exception {
    try (Program program = Program.run("speaker: {}\n")) {
      assertThat(program.awaitExitCode(Duration.ofSeconds(20))).isEqualTo(2);
      assertThat(program.output()).contains("bugle.yaml").contains("local-as");
    }
  }
}
