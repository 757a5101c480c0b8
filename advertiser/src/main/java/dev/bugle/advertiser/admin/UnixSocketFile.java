package dev.bugle.advertiser.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;

/**
 * The file of a Unix socket. The socket is made in a directory that nobody else may enter, gets its
 * permissions there, and only then moves to its place; so at no time may somebody connect whom the
 * permissions do not let in. One that a dead process has left is replaced, one that answers is not.
 */
final class UnixSocketFile {

  private static final String MODE = "rw-rw----";

  private final Path place;
  private final Path directory;
  private Optional<Object> key = Optional.empty();

  private UnixSocketFile(Path place, Path directory) {
    this.place = place;
    this.directory = directory;
  }

  /**
   * Makes room for it.
   *
   * @throws IOException when something is in its place, saying what
   */
  static UnixSocketFile prepare(Path place) throws IOException {
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      checkAbandoned(place);
    }
    Path parent =
        Objects.requireNonNull(place.getParent(), "a place that is checked to be absolute");
    if (!Files.isDirectory(parent)) {
      throw new IOException(
          "the directory "
              + parent
              + " is not there; make it, or with systemd write RuntimeDirectory=bugle");
    }
    Path directory =
        Files.createTempDirectory(
            parent,
            ".b",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return new UnixSocketFile(place, directory);
  }

  private static void checkAbandoned(Path place) throws IOException {
    if (!Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new IOException(
          "there is a file which is no socket; remove it, or choose another path");
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false); // One whose queue is full is alive, too.
      channel.connect(UnixDomainSocketAddress.of(place));
    } catch (IOException refused) {
      if (String.valueOf(refused.getMessage()).contains("refused")) {
        return;
      }
      throw refused;
    }
    throw new IOException(
        "another program, perhaps another bugle, listens there; stop it, or give one of them"
            + " another path");
  }

  /** Where the socket has to be bound. */
  Path bindTo() {
    return directory.resolve("s");
  }

  /** Moves the bound socket to its place. */
  void publish() throws IOException {
    Files.setPosixFilePermissions(bindTo(), PosixFilePermissions.fromString(MODE));
    key = Optional.of(keyOf(bindTo()));
    Files.move(bindTo(), place, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(directory);
  }

  private static Object keyOf(Path path) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey(),
        "every file system with Unix sockets tells files apart");
  }

  /** Removes what is left of it, but not what another process has put in its place. */
  void remove() {
    try {
      Files.deleteIfExists(bindTo());
      Files.deleteIfExists(directory);
      if (key.isPresent()
          && Files.exists(place, LinkOption.NOFOLLOW_LINKS)
          && key.get().equals(keyOf(place))) {
        Files.delete(place);
      }
    } catch (IOException left) {
      // The next process that listens there finds it abandoned.
    }
  }
}
