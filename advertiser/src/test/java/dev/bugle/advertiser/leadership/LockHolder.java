package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.time.Ticker;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The program of the child processes in the tests of the file lock. */
public final class LockHolder {

  private LockHolder() {}

  /**
   * {@code try PATH}: exit code 0 if the lock can be had. {@code compete PATH}: competes until it
   * is killed, and prints each state with its reason on a line. {@code prefer PATH}: the same, as
   * the preferred candidate; {@code fail-back PATH}: hands over to that. {@code look PATH}: holds a
   * shared lock until it is killed.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path path = Path.of(args[1]);
    if (args[0].equals("try")) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        System.exit(channel.tryLock() == null ? 1 : 0);
      }
    }
    if (args[0].equals("look")) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
          FileLock lock = channel.lock(0, Long.MAX_VALUE, true)) {
        System.out.println("looking " + lock.isShared());
        Thread.currentThread().join();
      }
    }
    FileLockElector elector =
        new FileLockElector(
            new FileLockConfig(
                path,
                Duration.ofMillis(50),
                Duration.ofSeconds(3),
                preference(args[0]),
                Handover.WITHDRAW_FIRST),
            Ticker.system());
    elector.stand(true);
    elector.start(
        () -> {
          Leadership now = elector.leadership();
          System.out.println(now.state() + " " + now.reason());
          if (now.state() == Leadership.State.LOST || now.isYielding()) {
            elector.release();
          }
        });
    Thread.currentThread().join();
  }

  private static Preference preference(String command) {
    return switch (command) {
      case "prefer" -> Preference.PREFERRED;
      case "fail-back" -> Preference.failingBackAfter(Duration.ofMillis(500));
      default -> Preference.NONE;
    };
  }

  static boolean canLockFromAnotherProcess(Path path) throws IOException, InterruptedException {
    return start("try", path).waitFor() == 0;
  }

  /** A process with a shared lock, which ends with this. */
  record Looker(Process process) implements AutoCloseable {
    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  static Looker look(Path path) throws IOException {
    Looker looker = new Looker(start("look", path));
    looker.process().inputReader().readLine();
    return looker;
  }

  static Process start(String command, Path path) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LockHolder.class.getName(),
            command,
            path.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
