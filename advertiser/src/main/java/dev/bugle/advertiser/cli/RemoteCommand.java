package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.client.AdminClient;
import dev.bugle.advertiser.client.AdminException;
import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.JsonText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks a running program, and shows the answer to people or to programs. */
abstract class RemoteCommand implements Callable<Integer> {

  /** For whom the answer is. */
  enum Form {
    /** For people. */
    table,
    /** For programs: what the server has said. */
    json
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Connection connection = new Connection();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "What to print: ${COMPLETION-CANDIDATES}.")
  private Form form = Form.table;

  @Override
  public Integer call() {
    try {
      return call(connection.client());
    } catch (AdminException e) {
      err().println(Plain.text(e.text()));
      return Main.FAILED;
    } finally {
      out().flush();
    }
  }

  /**
   * Does it.
   *
   * @return the exit code
   */
  abstract int call(AdminClient client) throws AdminException;

  boolean isForPrograms() {
    return form == Form.json;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  void line(String text) {
    out().println(text);
  }

  void json(Json json) {
    out().println(JsonText.pretty(json));
  }
}
