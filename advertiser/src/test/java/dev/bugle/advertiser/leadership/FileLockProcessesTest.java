package dev.bugle.advertiser.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that compete for one lock file. */
@Timeout(60)
class FileLockProcessesTest {

  private final List<Process> processes = new ArrayList<>();
  @TempDir private Path dir;

  @AfterEach
  void endProcesses() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  /** A child that competes, and the lines that it prints. */
  private final class Competitor {
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Competitor(Path path) throws IOException {
      this("compete", path);
    }

    Competitor(String command, Path path) throws IOException {
      process = LockHolder.start(command, path);
      processes.add(process);
      BufferedReader reader = process.inputReader();
      Thread pump = new Thread(() -> pump(reader), "pump");
      pump.setDaemon(true);
      pump.start();
    }

    private void pump(BufferedReader reader) {
      try {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.add(line);
        }
      } catch (UncheckedIOException | IOException e) {
        lines.add("END " + e);
      }
    }

    void awaitLine(String start) throws InterruptedException {
      List<String> seen = new ArrayList<>();
      String line;
      do {
        line = lines.poll(20, TimeUnit.SECONDS);
        seen.add(line);
        assertThat(line).as("a line that starts with %s, after %s", start, seen).isNotNull();
      } while (!line.startsWith(start));
    }

    void assertDoesNotLead() {
      assertThat(lines).noneMatch(line -> line.startsWith("HELD"));
    }
  }

  @Test
  void theOtherLeadsWhenTheLeaderIsKilled() throws Exception {
    Path path = LockFiles.established(dir.resolve("vip.lock"));
    Competitor first = new Competitor(path);
    first.awaitLine("HELD");
    Competitor second = new Competitor(path);
    second.awaitLine("WAITING " + path + " is held by process " + first.process.pid());
    second.assertDoesNotLead();

    first.process.destroyForcibly().waitFor();

    second.awaitLine("HELD");
  }

  @Test
  void aReplacedFileMovesLeadershipToTheOther() throws Exception {
    Path path = LockFiles.established(dir.resolve("vip.lock"));
    Competitor first = new Competitor(path);
    first.awaitLine("HELD");
    Competitor second = new Competitor(path);
    second.awaitLine("WAITING");

    Files.move(Files.createFile(dir.resolve("other")), path, StandardCopyOption.ATOMIC_MOVE);

    first.awaitLine("LOST " + path + " was replaced");
    second.awaitLine("HELD");
    first.awaitLine("WAITING " + path + " is held by process " + second.process.pid());
  }

  @Test
  void leadershipComesBackToThePreferredProcessAndLeavesItWhenItIsKilled() throws Exception {
    Path path = LockFiles.established(dir.resolve("vip.lock"));
    Competitor other = new Competitor("fail-back", path);
    other.awaitLine("HELD");

    Competitor preferred = new Competitor("prefer", path);
    other.awaitLine("YIELDING hands " + path + " over to the preferred process");
    preferred.awaitLine("HELD");
    other.awaitLine("WAITING " + path + " is held by process " + preferred.process.pid());

    preferred.process.destroyForcibly().waitFor();
    other.awaitLine("HELD");
  }
}
