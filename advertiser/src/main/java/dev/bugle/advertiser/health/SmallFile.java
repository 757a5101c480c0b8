package dev.bugle.advertiser.health;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file that is small by its nature, and says in words why it cannot. */
final class SmallFile {

  private static final int LARGEST = 1 << 20;

  private SmallFile() {}

  static byte[] read(String kind, Path file) throws IOException {
    String name = "the " + kind + " " + file;
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(name + " is no regular file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    } catch (NoSuchFileException e) {
      throw new IOException(name + " is not there", e);
    } catch (AccessDeniedException e) {
      throw new IOException(name + " may not be read; check its owner and mode", e);
    } catch (IOException e) {
      throw new IOException(name + " cannot be read: " + e.getMessage(), e);
    }
    if (bytes.length > LARGEST) {
      throw new IOException(name + " is larger than " + LARGEST + " bytes");
    }
    return bytes;
  }
}
