package dev.bugle.bgp.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** The lines of a recording, with their numbers; each ends with a line feed. */
final class RecordingLines {

  private final BufferedReader in;
  private int number;

  RecordingLines(BufferedReader in) {
    this.in = in;
  }

  /** The number of the line that was read last, from 1. */
  int number() {
    return number;
  }

  /** The next line; empty at the end. */
  Optional<String> next() throws IOException {
    StringBuilder line = new StringBuilder();
    number++;
    try {
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          if (line.isEmpty()) {
            number--;
            return Optional.empty();
          }
          throw new MalformedRecordingException(
              number,
              "the file is cut off within this line; remove the line to replay what is before it");
        }
        line.append((char) c);
      }
    } catch (CharacterCodingException notText) {
      throw new MalformedRecordingException(number, "this is not UTF-8 text", notText);
    }
    return Optional.of(line.toString());
  }

  MalformedRecordingException malformed(RuntimeException wrong) {
    return new MalformedRecordingException(number, String.valueOf(wrong.getMessage()), wrong);
  }

  MalformedRecordingException malformed(String found) {
    return new MalformedRecordingException(number, found);
  }
}
