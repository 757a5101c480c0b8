package dev.bugle.advertiser.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program's entry: {@code bugle COMMAND}. */
@Command(
    name = "bugle",
    description = "Announces virtual IP addresses to BGP routers, and withdraws them in time.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    scope = ScopeType.INHERIT,
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      DemoCommand.class,
      StatusCommand.class,
      PeersCommand.class,
      RoutesCommand.class,
      BfdCommand.class,
      WhyCommand.class,
      WatchCommand.class,
      DrainCommand.class,
      UndrainCommand.class,
      ReloadCommand.class,
      MrtCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Try first:  ./bugle demo",
      "Then:       ./bugle check examples/bugle.yaml",
      "            ./bugle status, while ./bugle run CONFIG.yaml runs",
    })
public final class Main implements Runnable {

  /** Everything went well. */
  static final int OK = 0;

  /** It could not be started, or not be stopped in order. */
  static final int FAILED = 1;

  /** Wrong usage, or a faulty configuration. */
  static final int WRONG_INPUT = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** For picocli. */
  Main() {}

  /** Runs the program and ends the process with its exit code. */
  public static void main(String[] args) {
    LogFormat.configure();
    CommandLine line = commandLine();
    if (PluggedCommands.mayBeMeant(args, line)) {
      PluggedCommands.addTo(line);
    }
    System.exit(line.execute(args));
  }

  /** The version that the build put into the jar. */
  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do: run, check, demo, or what to ask of a running program: status");
  }

  /** This version, and the Java that it runs on. */
  static final class Version implements IVersionProvider {

    /** For picocli. */
    Version() {}

    @Override
    public String[] getVersion() {
      return new String[] {
        "bugle " + version(), "Java " + Runtime.version() + " on " + System.getProperty("os.name")
      };
    }
  }
}
