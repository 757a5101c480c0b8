package dev.bugle.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory on the host for what a process there reads and writes; its name tells that it is
 * ours.
 */
record ScratchDirectory(Path path) {

  static ScratchDirectory create() {
    Path path = Path.of(System.getProperty("java.io.tmpdir"), Belongings.newName());
    try {
      return new ScratchDirectory(Files.createDirectory(path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + path, e);
    }
  }

  File file(String name) {
    return path.resolve(name).toFile();
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(path.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path.resolve(name), e);
    }
  }

  /** The text of a file; empty if there is none. */
  String read(String name) {
    Path file = path.resolve(name);
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  void remove() {
    HostCommand.run("rm", "-rf", path.toString()).succeeded();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
