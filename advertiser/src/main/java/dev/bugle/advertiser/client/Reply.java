package dev.bugle.advertiser.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of an answer, and what comes behind it. */
final class Reply {

  /** Some hundred thousand routes. */
  static final int MAX_BODY = 64 * 1024 * 1024;

  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 100;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");

  private final InputStream in;
  private final int status;
  private final long length;

  private Reply(InputStream in, int status, long length) {
    this.in = in;
    this.status = status;
    this.length = length;
  }

  /** Reads the head. */
  static Reply read(InputStream in) throws IOException {
    Matcher status = STATUS.matcher(line(in, MAX_LINE));
    if (!status.matches()) {
      throw new IOException("what answers does not speak HTTP");
    }
    long length = -1;
    int headers = 0;
    for (String header = line(in, MAX_LINE); !header.isEmpty(); header = line(in, MAX_LINE)) {
      if (++headers > MAX_HEADERS) {
        throw new IOException("the answer has too many headers");
      }
      if (header.toLowerCase(Locale.ROOT).matches("content-length: *[0-9]{1,9}")) {
        length = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    return new Reply(in, Integer.parseInt(status.group(1)), length);
  }

  int status() {
    return status;
  }

  /** All that comes until the end. */
  byte[] body() throws IOException {
    byte[] body = in.readNBytes((int) Math.min(length < 0 ? MAX_BODY : length, MAX_BODY));
    if (length >= 0 && body.length < length) {
      throw new EOFException("the answer was cut off");
    }
    return body;
  }

  /** The next line of a stream, without its end. */
  String line() throws IOException {
    return line(in, MAX_BODY);
  }

  private static String line(InputStream in, int longest) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("the connection was closed");
      }
      if (line.size() >= longest) {
        throw new IOException("the answer has a line that is too long");
      }
      if (octet != '\r') {
        line.write(octet);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
