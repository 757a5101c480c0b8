package dev.bugle.advertiser.health;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a program. It and all that it has started are killed, without a question, when the time is
 * over; a program that has put itself out of their reach, as daemons do, is not found.
 *
 * <p>The output is read as it comes, by asking how much there is: a program that writes more than a
 * pipe holds would wait for ever, and one that has left its output to a child would keep a reader
 * waiting after its own end.
 */
final class ExecProber implements Prober {

  /** {@code error=2, No such file} on JDK 17, {@code error: 2 (No such file)} on later ones. */
  private static final Pattern SYSTEM_ERROR =
      Pattern.compile("error[=:] ?\\d+(?:, | \\()([^()]+)\\)? *$");

  private static final long FIRST_LOOK_MILLIS = 1;
  private static final long LONGEST_LOOK_MILLIS = 20;

  /** How often, after its end, there must be nothing to read in order to be sure. */
  private static final int QUIET_LOOKS = 4;

  private final Probe.Exec probe;

  ExecProber(Probe.Exec probe) {
    this.probe = probe;
  }

  @Override
  public Outcome probe(Attempt attempt) throws IOException, InterruptedException {
    attempt.step("running " + name());
    Process process = start();
    try {
      process.getOutputStream().close();
      LastLine output = new LastLine();
      try (InputStream in = process.getInputStream()) {
        await(process, in, output, attempt);
      }
      int code = process.exitValue();
      String said = output.text().isEmpty() ? "" : ": " + output.text();
      return new Outcome(code == 0, "exit code " + code + " of " + name() + said);
    } finally {
      if (process.isAlive()) {
        kill(process);
      }
    }
  }

  private Process start() throws IOException {
    try {
      return new ProcessBuilder(probe.command()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(
          name() + " cannot be run: " + lastPartOf(String.valueOf(e.getMessage())), e);
    }
  }

  /** The system's word without the runtime's around it. */
  private static String lastPartOf(String message) {
    Matcher matcher = SYSTEM_ERROR.matcher(message);
    return matcher.find() ? matcher.group(1) : message;
  }

  private static void await(Process process, InputStream in, LastLine output, Attempt attempt)
      throws IOException, InterruptedException {
    long look = FIRST_LOOK_MILLIS;
    while (!process.waitFor(Math.min(look, attempt.remainingMillis()), TimeUnit.MILLISECONDS)) {
      look = output.readFrom(in) ? FIRST_LOOK_MILLIS : Math.min(2 * look, LONGEST_LOOK_MILLIS);
    }
    // The runtime takes what is left in the pipe and puts it behind the stream, a moment later.
    for (int quiet = 0; quiet < QUIET_LOOKS; quiet++) {
      while (output.readFrom(in)) {
        int unused = attempt.remainingMillis(); // A child may go on writing.
        quiet = 0;
      }
      Thread.sleep(2);
    }
  }

  /**
   * Kills it with its descendants, and waits until it is gone, so that there is never a second one.
   */
  private void kill(Process process) {
    // In this order: who loses a child may start another, and who loses its parent is not found.
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(
        child -> {
          List<ProcessHandle> younger = child.descendants().toList();
          child.destroyForcibly();
          younger.forEach(ProcessHandle::destroyForcibly);
        });
    boolean unused = Thread.interrupted(); // The interrupt that ended the waiting has done so.
    try {
      int unusedCode = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String name() {
    return probe.command().get(0);
  }
}
