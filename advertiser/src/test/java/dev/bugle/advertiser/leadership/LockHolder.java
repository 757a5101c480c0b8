package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.time.Ticker;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The program of the child processes in the tests of the file lock. */
public final class LockHolder {

  private LockHolder() {}

  /**
   * {@code try PATH}: exit code 0 if the lock can be had. {@code compete PATH}: competes until it
   * is killed, and prints each state with its reason on a line.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path path = Path.of(args[1]);
    if (args[0].equals("try")) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        System.exit(channel.tryLock() == null ? 1 : 0);
      }
    }
    FileLockElector elector =
        new FileLockElector(path, Duration.ofMillis(50), Duration.ofMillis(400), Ticker.system());
    elector.start(
        () -> {
          Leadership now = elector.leadership();
          System.out.println(now.state() + " " + now.reason());
          if (now.state() == Leadership.State.LOST) {
            elector.release();
          }
        });
    Thread.currentThread().join();
  }

  static boolean canLockFromAnotherProcess(Path path) throws IOException, InterruptedException {
    return start("try", path).waitFor() == 0;
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
