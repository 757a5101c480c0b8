package dev.bugle.benchmarks.bfd;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.List;

/** Programs that do a small thing and end. */
final class Command {

  private Command() {}

  /**
   * Runs one to its end.
   *
   * @param input what it reads
   * @return what it printed, errors too
   * @throws IOException with that, if it says that it failed
   */
  static String run(List<String> command, String input) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (Writer writer = process.outputWriter()) {
      writer.write(input);
    } catch (IOException unread) { // It ended before; what it printed says why.
    }
    String printed = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(
          "'%s' ended with exit code %d: %s"
              .formatted(String.join(" ", command), code, printed.strip()));
    }
    return printed;
  }
}
