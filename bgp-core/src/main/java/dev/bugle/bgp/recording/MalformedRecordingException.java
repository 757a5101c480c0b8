package dev.bugle.bgp.recording;

import java.io.IOException;

/** A file that is no recording, or whose text is damaged. */
public final class MalformedRecordingException extends IOException {

  private static final long serialVersionUID = 1;

  private final int line;

  MalformedRecordingException(int line, String found, Throwable cause) {
    super("line " + line + ": " + found, cause);
    this.line = line;
  }

  MalformedRecordingException(int line, String found) {
    super("line " + line + ": " + found);
    this.line = line;
  }

  /** The number of the line, from 1. */
  public int line() {
    return line;
  }
}
