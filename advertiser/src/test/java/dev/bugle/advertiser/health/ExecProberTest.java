package dev.bugle.advertiser.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real programs, well and ill behaved. */
@Timeout(120)
class ExecProberTest {

  private static final Duration SHORT = Duration.ofMillis(500);

  @TempDir private Path dir;

  @AfterEach
  void endWhatIsLeft() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private static Probe script(String script) {
    return new Probe.Exec(List.of("/bin/sh", "-c", script));
  }

  @Test
  void exitCodeDecidesAndTheLastLineSaysWhy() throws Exception {
    assertThat(Probing.once(script("exit 0"))).isEqualTo(Outcome.passed("exit code 0 of /bin/sh"));
    assertThat(Probing.once(script("echo one; echo; echo ' two '; echo")))
        .isEqualTo(Outcome.passed("exit code 0 of /bin/sh: two"));
    assertThat(Probing.once(script("echo out; printf 'no disk' >&2; exit 3")))
        .isEqualTo(Outcome.failed("exit code 3 of /bin/sh: no disk"));
    assertThat(Probing.once(script("kill -TERM $$")).reason())
        .isEqualTo("exit code 143 of /bin/sh");
  }

  @Test
  void noShellSeesTheArguments() throws Exception {
    assertThat(Probing.once(new Probe.Exec(List.of("/bin/echo", "$HOME; exit 1", "a  b"))))
        .isEqualTo(Outcome.passed("exit code 0 of /bin/echo: $HOME; exit 1 a  b"));
  }

  @Test
  void inputIsEmpty() throws Exception {
    assertThat(Probing.once(new Probe.Exec(List.of("/bin/cat"))).hasPassed()).isTrue();
  }

  @Test
  void programThatCannotBeRunIsSaid() throws Exception {
    assertThat(Probing.once(new Probe.Exec(List.of("/no/such/program"))))
        .isEqualTo(Outcome.failed("/no/such/program cannot be run: No such file or directory"));
    Path file = Files.writeString(dir.resolve("plain"), "x");
    assertThat(Probing.once(new Probe.Exec(List.of(file.toString()))))
        .isEqualTo(Outcome.failed(file + " cannot be run: Permission denied"));
  }

  @Test
  void muchOutputIsReadAndForgotten() throws Exception {
    assertThat(Probing.once(script("head -c 3000000 /dev/zero; echo; echo done; exit 1")))
        .isEqualTo(Outcome.failed("exit code 1 of /bin/sh: done"));
    assertThat(Probing.once(script("head -c 100000 /dev/zero | tr '\\0' x")).reason())
        .isEqualTo("exit code 0 of /bin/sh: " + "x".repeat(200));
    assertThat(Probing.once(script("printf 'a\\033[2Jb'")).reason()).doesNotContain("\u001b");
  }

  /** The program, the children of its children, and one that does not listen to TERM. */
  @Test
  void programThatHangsIsKilledWithItsDescendants() throws Exception {
    Path pids = dir.resolve("pids");
    String script =
        "trap '' TERM; echo $$ >> P; (trap '' TERM; sh -c 'echo $$ >> P; sleep 100; :' & wait) &"
            + " sleep 100 & echo $! >> P; wait; sleep 100";
    Probe probe = script(script.replace("P", pids.toString()));
    assertThat(Probing.cancelledWhen(() -> lines(pids).size() == 3, probe, SHORT))
        .contains(Outcome.failed("no answer within 500ms, while running /bin/sh"));
    List<String> lines = lines(pids);
    assertThat(lines).hasSize(3);
    Eventually.is(() -> lines.stream().noneMatch(ExecProberTest::runs), () -> lines);
    Eventually.is(
        () -> ProcessHandle.current().descendants().findAny().isEmpty(),
        () -> ProcessHandle.current().descendants().map(ProcessHandle::info).toList());
  }

  /** Those that are whole. */
  private static List<String> lines(Path file) {
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean runs(String pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
    return process.isPresent() && process.get().isAlive();
  }

  @Test
  void endlessOutputEndsAtTheDeadline() throws Exception {
    assertThat(Probing.once(new Probe.Exec(List.of("yes")), SHORT).reason())
        .isEqualTo("no answer within 500ms, while running yes");
  }

  /** The child keeps the output open, so its end is never seen. */
  @Test
  void childThatStaysBehindDelaysNothing() throws Exception {
    Path pid = dir.resolve("pid");
    long begun = System.nanoTime();
    assertThat(Probing.once(script("sleep 100 & echo $! > " + pid + "; echo started")))
        .isEqualTo(Outcome.passed("exit code 0 of /bin/sh: started"));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }
}
