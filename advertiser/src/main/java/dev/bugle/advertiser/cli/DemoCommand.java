package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.demo.Demo;
import dev.bugle.advertiser.time.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code bugle demo}. */
@Command(
    name = "demo",
    description = {
      "Shows two advertisers competing for one VIP, as their router sees it.",
      "Everything runs on loopback, on free high ports, and ends by itself.",
    },
    footer = {"", "Exit code: 0 if the router saw every step, 1 if not."})
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Repeat the round until that time has passed, such as 30s or 5m.")
  private Optional<Duration> atLeast = Optional.empty();

  @Option(names = "--plain", description = "No colours; also when the output is no terminal.")
  private boolean plain;

  /** For picocli. */
  DemoCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    LogFormat.quieten();
    boolean seen = new Demo(Main.class.getName(), System.out, isColoured()).play(atLeast);
    return seen ? Main.OK : Main.FAILED;
  }

  /** The launcher says whether the output is a terminal: the JVM cannot tell before Java 22. */
  private boolean isColoured() {
    return !plain && Boolean.getBoolean("bugle.terminal") && System.getenv("NO_COLOR") == null;
  }

  /** Durations in the notation of the configuration. */
  static final class DurationConverter implements ITypeConverter<Duration> {

    /** For picocli. */
    DurationConverter() {}

    @Override
    public Duration convert(String text) {
      try {
        return DurationText.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
