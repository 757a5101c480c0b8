package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.mrt.DumpLine;
import dev.bugle.advertiser.mrt.DumpLines;
import dev.bugle.bgp.mrt.MalformedMrtException;
import dev.bugle.bgp.mrt.MrtReader;
import dev.bugle.bgp.mrt.MrtRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bugle mrt dump FILE}. */
@Command(
    name = "dump",
    description = "Shows an MRT file, also one compressed by gzip: a line for each entry.",
    footer = {"", "Exit code: 0 read whole, 1 not read or with faults, 2 wrong usage."})
final class MrtDumpCommand implements Callable<Integer> {

  /** For whom it is. */
  enum Form {
    /** For people. */
    text,
    /** For programs: an object on each line. */
    json
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "text",
      description = "What to print: ${COMPLETION-CANDIDATES}.")
  private Form form = Form.text;

  /** For picocli. */
  MrtDumpCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    boolean whole = true;
    try (MrtReader reader = MrtReader.open(file)) {
      DumpLines lines = new DumpLines();
      boolean more = true;
      while (more && !out.checkError()) { // nobody reads it any more
        try {
          Optional<MrtRecord> record = reader.next();
          record.ifPresent(one -> lines.of(one).forEach(line -> print(out, line)));
          more = record.isPresent();
        } catch (MalformedMrtException fault) {
          whole = false;
          err.println(file + ": " + Plain.text(String.valueOf(fault.getMessage())));
        }
      }
    } catch (IOException e) {
      err.println(MrtFiles.fault(file, e));
      return Main.FAILED;
    } finally {
      out.flush();
    }
    return whole ? Main.OK : Main.FAILED;
  }

  private void print(PrintWriter out, DumpLine line) {
    out.println(form == Form.json ? line.json().toString() : Plain.text(line.text()));
  }
}
