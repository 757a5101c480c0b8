package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.yaml.Setting;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bugle check CONFIG.yaml}. */
@Command(
    name = "check",
    description = "Checks a configuration file, and starts nothing.",
    footer = {"", "Exit code: 0 valid, 2 faulty."})
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigArgument argument = new ConfigArgument();

  /** For picocli. */
  CheckCommand() {}

  @Override
  public Integer call() {
    Optional<AdvertiserConfig> config = argument.load(spec.commandLine().getErr()::println);
    if (config.isEmpty()) {
      return Main.WRONG_INPUT;
    }
    spec.commandLine()
        .getOut()
        .printf(
            "%s: configuration is valid: peers %d, VIPs %d, elections %d%n",
            argument.file(),
            config.get().peers().size(),
            config.get().vips().size(),
            config.get().electors().size());
    if (!config.get().sources().isEmpty()) {
      spec.commandLine()
          .getOut()
          .println(
              "more VIPs come from the sources "
                  + String.join(", ", new TreeSet<>(config.get().sources().keySet())));
    }
    List<String> sources = argument.settings().all().stream().map(Setting::source).toList();
    if (!sources.isEmpty()) {
      spec.commandLine().getOut().println("set beside the file: " + String.join(", ", sources));
    }
    return Main.OK;
  }
}
