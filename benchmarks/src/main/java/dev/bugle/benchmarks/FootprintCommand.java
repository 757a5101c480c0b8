package dev.bugle.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks/footprint}. */
@Command(
    name = "benchmarks/footprint",
    description = {
      "Measures how long a router program takes from its start to an established session, and what"
          + " memory and processor time it takes when idle, with one peer and ten VIPs.",
    },
    footer = {"", "Exit code: 0 done, 1 a contender that is here failed, 2 wrong usage."})
public final class FootprintCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--trials",
      defaultValue = "5",
      paramLabel = "N",
      description = "Trials of each contender, in turn (default: ${DEFAULT-VALUE}).")
  private int trials;

  @Option(
      names = "--settle",
      defaultValue = "5",
      paramLabel = "S",
      description = "Seconds from the session until it is idle (default: ${DEFAULT-VALUE}).")
  private int settle;

  @Option(
      names = "--idle",
      defaultValue = "10",
      paramLabel = "S",
      description = "Seconds of idleness to watch (default: ${DEFAULT-VALUE}).")
  private int idle;

  @Option(
      names = "--contender",
      paramLabel = "NAME",
      description = "Only this one; may be repeated. One of: bugle, frr, bird, gobgp.")
  private List<String> names = List.of();

  @Option(names = "--json", description = "Prints JSON, one line for each contender.")
  private boolean json;

  /** For picocli. */
  FootprintCommand() {}

  /** Runs the benchmark and ends the process. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new FootprintCommand());
    commandLine
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help").usageHelp(true).description("Says this.").build());
    return commandLine;
  }

  private List<FootprintContender> contenders() {
    List<FootprintContender> all =
        List.of(
            new BugleFootprint(), new FrrFootprint(), new BirdFootprint(), new GobgpFootprint());
    List<String> known = all.stream().map(FootprintContender::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw wrong("there is no contender '" + name + "'; known are " + String.join(", ", known));
      }
    }
    return all.stream()
        .filter(contender -> names.isEmpty() || names.contains(contender.name()))
        .toList();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (trials < 1 || settle < 0 || idle < 1) {
      throw wrong("--trials and --idle take 1 or more, --settle takes 0 or more");
    }
    List<FootprintContender> contenders = contenders();
    FootprintTrials plan =
        new FootprintTrials(Duration.ofSeconds(settle), Duration.ofSeconds(idle));
    try (Scratch scratch = new Scratch("bugle-footprint-")) {
      Machine machine = Machine.now();
      Map<String, String> absent = new LinkedHashMap<>();
      Map<String, List<Footprint.Trial>> found = new LinkedHashMap<>();
      for (int trial = 0; trial <= trials; trial++) { // The first, of cold files, does not count.
        for (FootprintContender contender : contenders) {
          String name = contender.name();
          Optional<String> absence = contender.absence();
          if (absence.isPresent() || absent.containsKey(name)) {
            absence.ifPresent(why -> absent.put(name, why));
            continue;
          }
          Path directory = Files.createDirectory(scratch.directory().resolve(name + "-" + trial));
          try {
            if (trial == 0) {
              contender.prepare(directory);
              new FootprintTrials(Duration.ZERO, Duration.ofMillis(1)).run(contender, directory);
            } else {
              found
                  .computeIfAbsent(name, first -> new ArrayList<>())
                  .add(plan.run(contender, directory));
            }
          } catch (IOException e) {
            absent.put(name, "failed: " + e.getMessage());
            scratch.keep();
          }
        }
      }
      Map<String, Footprint> medians = new LinkedHashMap<>();
      found.forEach((name, all) -> medians.put(name, Footprint.of(all)));
      FootprintReport report = new FootprintReport(medians, absent, machine);
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? report.json() : report.table());
      out.flush();
      return absent.values().stream().anyMatch(why -> why.startsWith("failed")) ? 1 : 0;
    } finally {
      contenders.forEach(FootprintContender::close);
    }
  }
}
