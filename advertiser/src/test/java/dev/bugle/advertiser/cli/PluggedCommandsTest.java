package dev.bugle.advertiser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.plugin.GreetCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Commands of other jars. */
class PluggedCommandsTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine line = Main.commandLine().setErr(new PrintWriter(err));

  @Test
  void oneIsCalledAndShownAndOneThatCannotBeLoadedIsNamed(@TempDir Path dir) throws Exception {
    Path services = Files.createDirectories(dir.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(PluggedCommand.class.getName()),
        "dev.bugle.advertiser.plugin.None\n" + GreetCommand.class.getName() + "\n");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {dir.toUri().toURL()}, getClass().getClassLoader())) {
      PluggedCommands.addTo(line, loader);
    }
    line.setOut(new PrintWriter(out)); // It passes on to the commands that there are by then.

    assertThat(line.execute("greet", "--whom", "all")).isZero();
    assertThat(line.execute("help", "greet")).isZero();
    assertThat(line.execute("greet", "--help")).isZero();
    assertThat(line.execute("completion", "bash")).isZero();
    assertThat(out.toString())
        .contains("good morning, all", "Usage: bugle greet [-hV] [--whom=", "_picocli_bugle_greet");
    assertThat(err.toString()).contains("a command cannot be had: ", "plugin.None");
  }

  @ParameterizedTest
  @CsvSource({"run, false", "check, false", "status, false", "help, true", "completion, true"})
  void theProgramsOwnCommandsDoNotLookForThem(String command, boolean looks) {
    assertThat(PluggedCommands.mayBeMeant(new String[] {command, "x"}, line)).isEqualTo(looks);
    assertThat(PluggedCommands.mayBeMeant(new String[] {"--help"}, line)).isTrue();
    assertThat(PluggedCommands.mayBeMeant(new String[0], line)).isTrue();
  }
}
