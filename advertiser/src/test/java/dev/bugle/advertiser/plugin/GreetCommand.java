package dev.bugle.advertiser.plugin;

import dev.bugle.advertiser.cli.PluggedCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that another jar might bring along. */
@Command(name = "greet", description = "Greets somebody.")
public final class GreetCommand implements PluggedCommand {

  @Spec private CommandSpec spec;

  @Option(names = "--whom")
  private String whom = "you";

  @Override
  public Integer call() {
    spec.commandLine().getOut().println("good morning, " + whom);
    return 0;
  }
}
