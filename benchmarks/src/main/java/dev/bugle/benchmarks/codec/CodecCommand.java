package dev.bugle.benchmarks.codec;

import dev.bugle.benchmarks.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks/codec}. */
@CommandLine.Command(
    name = "benchmarks/codec",
    description = {
      "Measures how fast UPDATEs of a synthetic full table are decoded and encoded, and what is"
          + " allocated for each NLRI, beside the parser of OpenDaylight's bgpcep.",
    },
    footer = {
      "",
      "Each contender runs in a JVM of its own, in turn, with the second compiler and 3 GB of"
          + " heap.",
      "Exit code: 0 done, 1 a contender failed, 2 wrong usage.",
    })
public final class CodecCommand implements Callable<Integer> {

  /** Messages to encode are kept as objects, of which those of bgpcep take some kB each. */
  private static final int FEWER_TO_ENCODE = 10;

  /** What bgpcep logs when it starts is no result. */
  private static final String QUIET = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn";

  private static final String BEGIN = "<!-- benchmarks/codec --write -->\n";
  private static final String END = "<!-- end of benchmarks/codec -->\n";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--prefixes",
      defaultValue = "1000000",
      paramLabel = "N",
      description = "How many the table has; a tenth of it is encoded (default: ${DEFAULT-VALUE}).")
  private int prefixes;

  @Option(
      names = "--rounds",
      defaultValue = "2",
      paramLabel = "N",
      description = "JVMs for each contender and measurement (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      paramLabel = "N",
      description = "Of an iteration; 3 warm up and 3 count (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--json", description = "Prints JSON, one line for each row.")
  private boolean json;

  @Option(names = "--write", description = "Also writes the table into docs/performance.md.")
  private boolean write;

  /** For picocli. */
  CodecCommand() {}

  /** Runs the benchmark and ends the process. */
  public static void main(String[] args) {
    CommandLine commandLine = new CommandLine(new CodecCommand());
    commandLine
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help").usageHelp(true).description("Says this.").build());
    System.exit(commandLine.execute(args));
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    if (prefixes < FEWER_TO_ENCODE || rounds < 1 || seconds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--prefixes takes 10 or more, --rounds and --seconds 1 or more");
    }
    Machine machine = Machine.now();
    Map<String, List<RunResult>> results = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      add(results, run("decode", prefixes));
      add(results, run("encode", prefixes / FEWER_TO_ENCODE));
    }
    CodecReport report =
        new CodecReport(results.values().stream().map(CodecRow::of).toList(), machine);
    if (write) {
      renew(Path.of(System.getProperty("bugle.root", "."), "docs", "performance.md"), report);
    }
    spec.commandLine().getOut().print(json ? report.json() : report.table());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private List<RunResult> run(String direction, int count) throws RunnerException {
    List<RunResult> all = new ArrayList<>();
    for (SyntheticTable.Packing packing : SyntheticTable.Packing.values()) {
      all.addAll(
          new Runner(
                  new OptionsBuilder()
                      .include(CodecBenchmark.class.getName() + "." + direction)
                      .param("contender", Contender.ALL.keySet().toArray(new String[0]))
                      .param("packing", packing.name())
                      .param("prefixes", Integer.toString(count))
                      .forks(1)
                      .jvmArgs("-Xms3g", "-Xmx3g", QUIET)
                      .warmupIterations(3)
                      .warmupTime(TimeValue.seconds(seconds))
                      .measurementIterations(3)
                      .measurementTime(TimeValue.seconds(seconds))
                      .addProfiler(GCProfiler.class)
                      .addProfiler(ProcessorTime.class)
                      .shouldFailOnError(true)
                      .verbosity(VerboseMode.SILENT)
                      .build())
              .run());
    }
    return all;
  }

  private static void add(Map<String, List<RunResult>> results, List<RunResult> more) {
    for (RunResult result : more) {
      String key = result.getParams().id();
      results.computeIfAbsent(key, unused -> new ArrayList<>()).add(result);
    }
  }

  private static void renew(Path page, CodecReport report) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " has no place for the table: expected " + BEGIN + "... " + END);
    }
    Files.writeString(
        page, text.substring(0, begin + BEGIN.length()) + report.table() + text.substring(end));
  }
}
