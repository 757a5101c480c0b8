package dev.bugle.advertiser.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bugle completion bash|zsh}. */
@Command(
    name = "completion",
    description = "Prints the script that lets a shell complete commands and options.",
    footer = {
      "",
      "bash:  source <(bugle completion bash)",
      "zsh:   source <(bugle completion zsh)",
    })
final class CompletionCommand implements Callable<Integer> {

  /** The shells that it is for. */
  enum Shell {
    /** Bash 3.2 and newer. */
    bash,
    /** Zsh, which understands completion of Bash. */
    zsh
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell = Shell.bash;

  /** For picocli. */
  CompletionCommand() {}

  @Override
  public Integer call() {
    CommandLine whole = spec.root().commandLine();
    if (shell == Shell.zsh) {
      // Before the script, which would begin with all of compinit where that has not run yet.
      spec.commandLine().getOut().println("autoload -U +X compinit && compinit");
      spec.commandLine().getOut().println("autoload -U +X bashcompinit && bashcompinit");
    }
    spec.commandLine().getOut().print(AutoComplete.bash("bugle", whole));
    spec.commandLine().getOut().flush();
    return Main.OK;
  }
}
