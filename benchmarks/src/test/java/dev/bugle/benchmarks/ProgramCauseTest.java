package dev.bugle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.bugle.advertiser.config.ConfigFile;
import dev.bugle.benchmarks.ProgramCause.Trigger;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProgramCauseTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void theProgramCanReadWhatTheCauseTakes(ProgramCause cause) throws Exception {
    try (Trigger trigger = cause.open(directory)) {
      String text = BugleProgramContender.configuration(1790, trigger);
      assertThatCode(() -> ConfigFile.parse("bugle.yaml", text)).doesNotThrowAnyException();
    }
    assertThat(new BugleProgramContender(cause).trigger()).contains("./bugle run");
  }
}
