package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.mrt.Recording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bugle mrt record FILE PEER}. */
@Command(
    name = "record",
    description = {
      "Writes what a peer sends, and how its session goes, into an MRT file until Ctrl-C.",
      "It announces nothing.",
    },
    footer = {"", "Exit code: 0 written, 1 the file cannot be written, 2 wrong usage."})
final class MrtRecordCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FILE", description = "The file, which is written anew.")
  private Path file = Path.of("");

  @Parameters(index = "1", paramLabel = "PEER", description = "The address of the peer.")
  private String peer = "";

  @Mixin private MrtSession session = new MrtSession();

  /** For picocli. */
  MrtRecordCommand() {}

  @Override
  public Integer call() throws Exception {
    try {
      Recording recording = Recording.open(session.peering(), peer, file);
      // The process may be over as soon as this is closed. The file may be the standard output.
      session.await(
          () -> {
            recording.close();
            PrintWriter err = spec.commandLine().getErr();
            err.printf("%s: %d messages of %s%n", file, recording.messages(), peer);
            err.flush();
          });
    } catch (IOException e) {
      spec.commandLine().getErr().println(MrtFiles.fault(file, e));
      return Main.FAILED;
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
    return Main.OK;
  }
}
