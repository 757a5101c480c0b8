package dev.bugle.benchmarks.table;

import dev.bugle.benchmarks.Machine;
import dev.bugle.benchmarks.Scratch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks/full-table}. */
@Command(
    name = "benchmarks/full-table",
    description = {
      "Measures how long routers take to take in a full table and to tell others of it, and what"
          + " processor time and memory they need for it.",
    },
    footer = {
      "",
      "Every contender does every scenario in turn, as a new process each time. The contender"
          + " 'harness' is the senders and receivers without a router.",
      "Exit code: 0 done, 1 a contender that is here failed, 2 wrong usage.",
    })
public final class FullTableCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--trials",
      defaultValue = "3",
      paramLabel = "N",
      description = "Runs of each contender in each scenario (default: ${DEFAULT-VALUE}).")
  private int trials;

  @Option(
      names = "--prefixes",
      defaultValue = "1000000",
      paramLabel = "N",
      description =
          "How many prefixes a full table has (default: ${DEFAULT-VALUE}); there is a set of"
              + " attributes for ten of them.")
  private int prefixes;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "What the table is made from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--limit",
      defaultValue = "600",
      paramLabel = "S",
      description = "Seconds that a run may take (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--settle",
      defaultValue = "1",
      paramLabel = "S",
      description =
          "Seconds from the sessions until the table is sent (default: ${DEFAULT-VALUE}).")
  private int settle;

  @Option(
      names = "--contender",
      paramLabel = "NAME",
      description =
          "Only this one; may be repeated. One of: harness, bugle, bird, frr, frr-coalesce-0,"
              + " gobgp.")
  private List<String> contenderNames = List.of();

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description =
          "Only this one; may be repeated. One of: ingest, relay, relay-tenth, two-senders,"
              + " 100-receivers.")
  private List<String> scenarioNames = List.of();

  @Option(
      names = "--java-option",
      paramLabel = "OPTION",
      description = "An option of Bugle's JVM, in place of the usual ones; may be repeated.")
  private List<String> javaOptions = BugleRouter.RECOMMENDED;

  @Option(names = "--json", description = "Prints JSON, one line for each contender and run.")
  private boolean json;

  @Option(
      names = "--write",
      description = "Renews the section of the full table in docs/performance.md as well.")
  private boolean write;

  /** For picocli. */
  FullTableCommand() {}

  /** Runs the benchmark and ends the process. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new FullTableCommand());
    commandLine
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help").usageHelp(true).description("Says this.").build());
    return commandLine;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (trials < 1 || limit < 1 || settle < 0) {
      throw wrong("--trials and --limit take 1 or more, --settle takes 0 or more");
    }
    if (prefixes < 1 || prefixes > 4_000_000) {
      throw wrong("--prefixes takes 1 to 4000000");
    }
    Set<Scenario> scenarios = scenarios();
    List<TableContender> contenders = contenders();
    FullTableRuns plan =
        new FullTableRuns(contenders, named(FullTableRuns.HARNESS), prefixes, seed);
    try (Scratch scratch = new Scratch("bugle-full-table-")) {
      Machine machine = Machine.now();
      FullTableReport report =
          new FullTableReport(
              plan.run(
                  scenarios,
                  trials,
                  new LoadTrials(Duration.ofSeconds(settle), Duration.ofSeconds(limit)),
                  scratch.directory()),
              plan.table(),
              machine);
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? report.json() : report.table());
      out.flush();
      if (write) {
        MarkedSection.replace(page(), "full-table", report.markdown(contenders));
      }
      if (!report.complete()) {
        spec.commandLine()
            .getErr()
            .println("What the contenders printed is in " + scratch.directory());
        scratch.keep();
        return 1;
      }
      return 0;
    }
  }

  private Set<Scenario> scenarios() {
    Set<Scenario> chosen = EnumSet.noneOf(Scenario.class);
    for (String name : scenarioNames) {
      chosen.add(
          Scenario.of(name)
              .orElseThrow(
                  () ->
                      wrong(
                          "there is no scenario '%s'; known are %s"
                              .formatted(name, Scenario.names()))));
    }
    return chosen.isEmpty() ? EnumSet.allOf(Scenario.class) : chosen;
  }

  private List<TableContender> contenders() {
    List<TableContender> all =
        List.of(
            new BugleRouter(javaOptions),
            new BirdRouter(),
            new FrrRouter(true),
            new FrrRouter(false),
            new GobgpRouter());
    List<String> known =
        Stream.concat(Stream.of(FullTableRuns.HARNESS), all.stream().map(TableContender::name))
            .toList();
    for (String name : contenderNames) {
      if (!known.contains(name)) {
        throw wrong("there is no contender '" + name + "'; known are " + String.join(", ", known));
      }
    }
    return all.stream().filter(contender -> named(contender.name())).toList();
  }

  private boolean named(String name) {
    return contenderNames.isEmpty() || contenderNames.contains(name);
  }

  private Path page() {
    String root = System.getProperty("bugle.root");
    if (root == null) {
      throw wrong("--write needs the script in benchmarks/, which says where docs/ is");
    }
    return Path.of(root, "docs", "performance.md");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
