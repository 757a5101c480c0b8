package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README shows the sample configuration, which {@link ConfigFileTest} parses. */
class ReadmeTest {

  @Test
  void theConfigurationInTheReadmeIsTheSample() throws Exception {
    assertThat(Files.readString(Path.of("../README.md")))
        .contains("```yaml\n" + Files.readString(Path.of("../examples/bugle.yaml")) + "```\n");
  }
}
