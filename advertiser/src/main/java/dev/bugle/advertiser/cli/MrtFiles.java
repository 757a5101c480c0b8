package dev.bugle.advertiser.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the commands say of MRT files. */
final class MrtFiles {

  private MrtFiles() {}

  /** Why a file cannot be read or written. */
  static String fault(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return file + ": there is no such file";
    }
    String message = String.valueOf(e.getMessage());
    return Plain.text(message.startsWith(file.toString()) ? message : file + ": " + message);
  }
}
