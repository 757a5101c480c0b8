package dev.bugle.it;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Another process's claim to a lock file, made by this one. */
final class Competitor implements AutoCloseable {

  private final FileChannel channel;

  private Competitor(FileChannel channel) {
    this.channel = channel;
  }

  /** Locks the file, which nobody else holds. */
  static Competitor first(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new IOException(path + " is locked by somebody else");
    }
    return new Competitor(channel);
  }

  /** Puts a locked file in the place of one that somebody else holds. */
  static Competitor usurp(Path path) throws IOException {
    Path mine = path.resolveSibling(path.getFileName() + ".usurper");
    Competitor competitor = first(mine);
    Files.move(mine, path, StandardCopyOption.ATOMIC_MOVE);
    return competitor;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
