package dev.bugle.k8s.manifest;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What {@code bugle manifest} says, and how it ends. */
record Printed(int code, String out, String err) {

  /** Of its arguments, separated by spaces. */
  static Printed of(String line) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new ManifestCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(line.isEmpty() ? new String[0] : line.split(" ", -1));
    return new Printed(code, out.toString(), err.toString());
  }
}
