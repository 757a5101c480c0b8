package dev.bugle.advertiser.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bugle mrt}. */
@Command(
    name = "mrt",
    description = "Shows, announces and writes MRT files: what collectors and routers dump.",
    subcommands = {MrtDumpCommand.class, MrtLoadCommand.class, MrtRecordCommand.class})
final class MrtCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** For picocli. */
  MrtCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do with the file: dump, load, record");
  }
}
