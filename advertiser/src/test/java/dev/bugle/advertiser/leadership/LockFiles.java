package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.lock.LockFile;
import java.nio.file.Path;

/** Lock files for tests. */
public final class LockFiles {
  private LockFiles() {}

  /** A file under which somebody has led before, so that who locks it leads at once. */
  public static Path established(Path path) throws LockFile.NotLocked {
    try (LockFile file = LockFile.lock(path)) {
      file.establish();
    }
    return path;
  }
}
