package dev.bugle.benchmarks.bfd;

import dev.bugle.benchmarks.Machine;
import dev.bugle.benchmarks.Scratch;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks/bfd}. */
@CommandLine.Command(
    name = "benchmarks/bfd",
    description = {
      "Measures BFD: how soon a silent neighbour is found out, how often one that is not silent is"
          + " held for it, and what sessions cost.",
    },
    footer = {
      "",
      "Needs root, and BIRD as the neighbour of all. Everything happens in network namespaces.",
      "Exit code: 0 done, 1 a contender that is here failed, 2 wrong usage.",
    })
public final class BfdCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--drops",
      defaultValue = "50",
      paramLabel = "N",
      description = "Silences of the neighbour that count (default: ${DEFAULT-VALUE}).")
  private int drops;

  @Option(
      names = "--warmup",
      defaultValue = "5",
      paramLabel = "N",
      description = "Silences before those (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      paramLabel = "N",
      description = "How long to watch for false Downs (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--contender",
      paramLabel = "NAME",
      description = "Only this one; may be repeated. One of: bugle, frr, bird.")
  private List<String> names = List.of();

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Only this measurement; may be repeated. One of: detection, downs, cost, many.")
  private List<String> only = List.of();

  @Option(
      names = "--skip",
      paramLabel = "NAME",
      description = "Not this measurement; may be repeated.")
  private List<String> skipped = List.of();

  @Option(
      names = "--java-option",
      paramLabel = "OPTION",
      description = "One more for the JVM of bugle; may be repeated.")
  private List<String> javaOptions = List.of();

  @Option(
      names = "--real-time-priority",
      defaultValue = "50",
      paramLabel = "N",
      description =
          "SCHED_FIFO priority of bugle's BFD thread, 0 for an ordinary thread"
              + " (default: ${DEFAULT-VALUE}).")
  private int realTimePriority;

  @Option(names = "--json", description = "Prints JSON, one line for each trial.")
  private boolean json;

  /** For picocli. */
  BfdCommand() {}

  /** Runs the benchmark and ends the process. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new BfdCommand());
    commandLine
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help").usageHelp(true).description("Says this.").build());
    return commandLine;
  }

  @Override
  public Integer call() throws IOException {
    if (drops < 1 || warmUp < 0 || seconds < 1 || realTimePriority < 0 || realTimePriority > 99) {
      throw new ParameterException(
          spec.commandLine(),
          "--drops and --seconds take 1 or more, --warmup takes 0 or more,"
              + " --real-time-priority takes 0 to 99");
    }
    Schedule schedule = Schedule.of(measurements(), contenders());
    PrintWriter err = spec.commandLine().getErr();
    Optional<String> obstacle = Prerequisites.lack();
    if (obstacle.isPresent()) {
      err.println(obstacle.get());
      return 1;
    }
    OrderlyEnd end = OrderlyEnd.ofThisThread();
    try (Scratch scratch = new Scratch("bugle-bfd-")) {
      return run(schedule, scratch);
    } catch (InterruptedException e) {
      err.println("interrupted");
      return 1;
    } finally {
      end.reached();
    }
  }

  private int run(Schedule schedule, Scratch scratch) throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Machine machine = Machine.now();
    BfdPlan plan = new BfdPlan(warmUp, drops, Duration.ofSeconds(seconds));
    BfdReport report =
        new BfdReport(schedule.run(plan, scratch.directory(), round -> tell(err, round)), machine);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.json() : report.tables());
    out.flush();
    if (!report.complete()) {
      err.println("What the contenders printed is in " + scratch.directory());
      scratch.keep();
      return 1;
    }
    return 0;
  }

  private static void tell(PrintWriter err, List<Trial> round) {
    err.println(round.stream().map(Trial::toString).collect(Collectors.joining("; ")));
    err.flush();
  }

  private List<Measurement> measurements() {
    List<Measurement> all = List.of(Measurement.values());
    List<Measurement> chosen =
        new ArrayList<>(only.isEmpty() ? all : named("measurement", only, all));
    chosen.removeAll(named("measurement", skipped, all));
    return chosen;
  }

  private List<Contender> contenders() {
    List<Contender> all =
        List.of(
            new BugleContender(realTimePriority, javaOptions),
            new FrrContender(),
            new BirdContender());
    return names.isEmpty() ? all : named("contender", names, all);
  }

  /** Those that have these names, in their own order. */
  private <T> List<T> named(String kind, List<String> wanted, List<T> all) {
    List<String> known = all.stream().map(Object::toString).toList();
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "there is no %s '%s'; known are %s".formatted(kind, name, String.join(", ", known)));
      }
    }
    return all.stream().filter(one -> wanted.contains(one.toString())).toList();
  }
}
