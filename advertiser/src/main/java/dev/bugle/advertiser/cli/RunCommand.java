package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.Advertiser;
import dev.bugle.advertiser.ConfigSource;
import dev.bugle.advertiser.Reloading;
import dev.bugle.advertiser.config.AdvertiserConfig;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bugle run CONFIG.yaml}. */
@Command(
    name = "run",
    description = "Announces what the configuration says, until it is stopped.",
    footer = {
      "",
      "SIGTERM and SIGINT stop it in order: it drains, withdraws, flushes, and",
      "ends every session with Cease/Administrative Shutdown.",
      "SIGHUP lets it read the configuration anew and apply what differs.",
      "Exit code: 0 stopped in order, 1 not started, not stopped in order, or stuck,",
      "2 faulty configuration.",
    })
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigArgument argument = new ConfigArgument();

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "${env:BUGLE_LOG_FORMAT:-text}",
      description = {
        "How to log: ${COMPLETION-CANDIDATES}; json is an object on each line.",
        "Without it BUGLE_LOG_FORMAT counts, and then text.",
      })
  private LogFormat format = LogFormat.text;

  @Option(
      names = "--stop-with",
      hidden = true,
      paramLabel = "PID",
      description = "Stops when that process has ended.")
  private Optional<Long> stopWith = Optional.empty();

  /** For picocli. */
  RunCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    format.use(); // before the first logger is made
    Optional<AdvertiserConfig> config = argument.load(this::tell);
    if (config.isEmpty()) {
      return Main.WRONG_INPUT;
    }
    Hangups hangups = Hangups.take();
    ConfigSource source = argument.source();
    ProgramMeters meters = new ProgramMeters(Main.version());
    AdminDoor door = new AdminDoor(config.get().host().admin(), source, meters::scrape);
    Advertiser advertiser;
    try {
      advertiser = start(config.get().withMeterRegistry(meters.registry()), door);
    } catch (UncheckedIOException e) {
      return refuse(door, e.getMessage() + " (it is in speaker.listen)");
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      return refuse(door, String.valueOf(e.getMessage()));
    }
    hangups.start(new Reloading(advertiser, source));
    stopWith.ifPresent(pid -> ended(pid).thenRun(() -> System.exit(Main.OK)));
    Thread.currentThread().join();
    return Main.OK;
  }

  private static Advertiser start(AdvertiserConfig config, AdminDoor door) {
    OrderlyStop stop = new OrderlyStop(door);
    boolean isRunning = false;
    try {
      Advertiser advertiser =
          Advertiser.start(
              config,
              Map.of(),
              starting -> {
                door.open(starting);
                // The end of a process ends its sessions at once, and nothing of it can hang.
                starting.stuck().thenRun(() -> Runtime.getRuntime().halt(Main.FAILED));
                stop.arm(starting);
              });
      isRunning = true;
      return advertiser;
    } finally {
      if (!isRunning) {
        stop.disarm();
      }
    }
  }

  private int refuse(AdminDoor door, String cause) {
    door.close();
    tell("bugle could not start: " + cause);
    return Main.FAILED;
  }

  /** What keeps it from starting: bare lines for people, and objects where the log has objects. */
  private void tell(Object what) {
    if (format == LogFormat.json) {
      LoggerFactory.getLogger(RunCommand.class).error("{}", what);
    } else {
      spec.commandLine().getErr().println(what);
    }
  }

  /** Completes when that process has ended, at once if it has by now. */
  private static CompletableFuture<?> ended(long pid) {
    return ProcessHandle.of(pid)
        .<CompletableFuture<?>>map(ProcessHandle::onExit)
        .orElseGet(() -> CompletableFuture.completedFuture(pid));
  }
}
