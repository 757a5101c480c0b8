package dev.bugle.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks/withdraw}. */
@Command(
    name = "benchmarks/withdraw",
    description = {
      "Measures how long it takes from the loss of leadership or another cause, or from another"
          + " router's control call, until the peer has the UPDATE that withdraws the VIP.",
    },
    footer = {
      "",
      "All contenders run at the same time and are measured in turn, by the same receiver.",
      "Exit code: 0 done, 1 a contender that is here failed, 2 wrong usage.",
    })
public final class WithdrawCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--trials",
      defaultValue = "200",
      paramLabel = "N",
      description = "Trials that count, for each contender (default: ${DEFAULT-VALUE}).")
  private int trials;

  @Option(
      names = "--warmup",
      defaultValue = "200",
      paramLabel = "N",
      description = "Trials before those (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--pause",
      defaultValue = "10",
      paramLabel = "MS",
      description = "Milliseconds of rest before each withdrawal (default: ${DEFAULT-VALUE}).")
  private int pause;

  @Option(
      names = "--contender",
      paramLabel = "NAME",
      description =
          "Only this one; may be repeated. One of: bugle, bugle-program, bgp-core, bird, gobgp,"
              + " gobgp-library.")
  private List<String> names = List.of();

  @Option(
      names = "--cause",
      paramLabel = "CAUSE",
      defaultValue = "leadership",
      description =
          "Why bugle-program withdraws (${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}); may"
              + " be repeated.")
  private Set<ProgramCause> causes = EnumSet.of(ProgramCause.leadership);

  @Option(names = "--json", description = "Prints JSON, one line for each contender.")
  private boolean json;

  /** For picocli. */
  WithdrawCommand() {}

  /** Runs the benchmark and ends the process. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new WithdrawCommand());
    commandLine
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help").usageHelp(true).description("Says this.").build());
    return commandLine;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (trials < 1 || warmUp < 0 || pause < 0) {
      throw wrong("--trials takes 1 or more, --warmup and --pause take 0 or more");
    }
    List<Contender> contenders = contenders();
    try (Scratch scratch = new Scratch("bugle-withdraw-")) {
      Path directory = scratch.directory();
      // Before the first logger is made: Bugle logs as it does in service, but not to the terminal.
      System.setProperty(
          "org.slf4j.simpleLogger.logFile", directory.resolve("bugle.log").toString());
      Machine machine = Machine.now();
      WithdrawTrials plan = new WithdrawTrials(warmUp, trials, Duration.ofMillis(pause));
      WithdrawReport report = new WithdrawReport(plan.run(contenders, directory), warmUp, machine);
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? report.json() : report.table());
      out.flush();
      if (!report.complete()) {
        spec.commandLine().getErr().println("What the contenders printed is in " + directory);
        scratch.keep();
        return 1;
      }
      return 0;
    }
  }

  private List<Contender> contenders() {
    Map<String, List<Contender>> all = new LinkedHashMap<>();
    all.put(BugleContender.NAME, List.of(new BugleContender()));
    all.put(
        BugleProgramContender.NAME,
        causes.stream().<Contender>map(BugleProgramContender::new).toList());
    List.of(
            new BgpCoreContender(),
            new BirdContender(),
            new GobgpContender(),
            new GobgpLibraryContender())
        .forEach(other -> all.put(other.name(), List.of(other)));
    for (String name : names) {
      if (!all.containsKey(name)) {
        throw wrong(
            "there is no contender '" + name + "'; known are " + String.join(", ", all.keySet()));
      }
    }
    return all.entrySet().stream()
        .filter(one -> names.isEmpty() || names.contains(one.getKey()))
        .flatMap(one -> one.getValue().stream())
        .toList();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
