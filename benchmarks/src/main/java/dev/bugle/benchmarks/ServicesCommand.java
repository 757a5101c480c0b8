package dev.bugle.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks/services}. */
@Command(
    name = "benchmarks/services",
    description = {
      "Measures ./bugle run with Services of Kubernetes, from an API server on loopback: from its"
          + " start until a peer has all routes, its memory, and from a change of an endpoint until"
          + " the peer has the UPDATE.",
    },
    footer = {"", "Exit code: 0 done, 1 it failed or cannot run here, 2 wrong usage."})
public final class ServicesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--trials",
      defaultValue = "3",
      paramLabel = "N",
      description = "Trials of each size, in turn (default: ${DEFAULT-VALUE}).")
  private int trials;

  @Option(
      names = "--services",
      paramLabel = "N",
      split = ",",
      defaultValue = "100,1000",
      description = "How many Services there are (default: ${DEFAULT-VALUE}).")
  private List<Integer> services = List.of();

  @Option(
      names = "--slices",
      defaultValue = "5",
      paramLabel = "N",
      description = "EndpointSlices of each, with 20 endpoints (default: ${DEFAULT-VALUE}).")
  private int slices;

  @Option(
      names = "--changes",
      defaultValue = "200",
      paramLabel = "N",
      description = "Changes of an endpoint in each trial (default: ${DEFAULT-VALUE}).")
  private int changes;

  @Option(
      names = "--settle",
      defaultValue = "20",
      paramLabel = "S",
      description = "Seconds until memory is looked at (default: ${DEFAULT-VALUE}).")
  private int settle;

  @Option(names = "--json", description = "Prints JSON, one line for each size.")
  private boolean json;

  /** For picocli. */
  ServicesCommand() {}

  /** Runs the benchmark and ends the process. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new ServicesCommand());
    commandLine
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help").usageHelp(true).description("Says this.").build());
    return commandLine;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (trials < 1 || slices < 1 || changes < 1 || settle < 0) {
      throw wrong("--trials, --slices and --changes take 1 or more, --settle takes 0 or more");
    }
    if (services.isEmpty() || services.stream().anyMatch(n -> n < 1 || n > 60_000)) {
      throw wrong("--services takes 1 to 60000, or several of these with commas between them");
    }
    Optional<String> absence = BugleProgram.absence();
    if (absence.isPresent()) {
      spec.commandLine().getErr().println(absence.get());
      return 1;
    }
    try (Scratch scratch = new Scratch("bugle-services-")) {
      Machine machine = Machine.now();
      BugleProgram.prepare(scratch.directory());
      try {
        print(new ServicesReport(measured(scratch.directory()), machine));
        return 0;
      } catch (IOException e) {
        scratch.keep();
        spec.commandLine().getErr().println("failed: " + e.getMessage());
        spec.commandLine().getErr().println("see " + scratch.directory());
        return 1;
      }
    }
  }

  private List<ServicesReport.Size> measured(Path directory)
      throws IOException, InterruptedException {
    // Of cold files, so it does not count.
    new ServicesTrials(Duration.ZERO, 1)
        .run(1, 1, Files.createDirectories(directory.resolve("cold")));
    ServicesTrials plan = new ServicesTrials(Duration.ofSeconds(settle), changes);
    List<List<ServicesTrials.Trial>> found = new ArrayList<>();
    services.forEach(size -> found.add(new ArrayList<>()));
    for (int trial = 0; trial < trials; trial++) {
      for (int i = 0; i < services.size(); i++) {
        int count = services.get(i);
        found.get(i).add(plan.run(count, slices, directory.resolve(count + "-" + i + "-" + trial)));
      }
    }
    List<ServicesReport.Size> sizes = new ArrayList<>();
    for (int i = 0; i < services.size(); i++) {
      int count = services.get(i);
      sizes.add(new ServicesReport.Size(count, count * slices, found.get(i)));
    }
    return sizes;
  }

  private void print(ServicesReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.json() : report.table());
    out.flush();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
