package dev.bugle.advertiser.health;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The last line of an output that is not blank, or its beginning. The rest is forgotten. */
final class LastLine {

  private static final int LONGEST = 200;

  private final byte[] chunk = new byte[8192];
  private byte[] last = new byte[0];
  private final byte[] line = new byte[LONGEST];
  private int length;

  /** Reads what is there without waiting, and says whether there was anything. */
  boolean readFrom(InputStream in) {
    int count;
    try {
      int available = Math.min(in.available(), chunk.length);
      count = available > 0 ? in.read(chunk, 0, available) : 0;
    } catch (IOException e) {
      return false; // When the program ends, the runtime exchanges what is behind the stream.
    }
    for (int i = 0; i < count; i++) {
      add(chunk[i]);
    }
    return count > 0;
  }

  private void add(byte b) {
    if (b == '\n' || b == '\r') {
      last = current();
      length = 0;
    } else if (length < LONGEST) {
      line[length++] = b;
    }
  }

  private byte[] current() {
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    return text.isBlank() ? last : text.strip().getBytes(StandardCharsets.UTF_8);
  }

  String text() {
    return new String(current(), StandardCharsets.UTF_8);
  }
}
