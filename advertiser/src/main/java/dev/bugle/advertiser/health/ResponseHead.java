package dev.bugle.advertiser.health;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of an HTTP/1 response, of which only the status counts (RFC 9112 §4). */
final class ResponseHead {

  private static final int LARGEST = 64 << 10;

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");

  private ResponseHead() {}

  /** Reads the head up to its end, and interim ones before it (RFC 9110 §15.2). */
  static int read(InputStream from, String peer) throws IOException {
    InputStream in = new BufferedInputStream(from, 2048);
    int budget = LARGEST;
    while (true) {
      String first = line(in, budget, peer);
      Matcher matcher = STATUS_LINE.matcher(first);
      if (!matcher.matches()) {
        throw new IOException(peer + " does not answer in HTTP/1, but with '" + brief(first) + "'");
      }
      budget -= first.length();
      for (String line = line(in, budget, peer); !line.isEmpty(); line = line(in, budget, peer)) {
        budget -= line.length() + 1;
      }
      int status = Integer.parseInt(matcher.group(1));
      if (status >= 200) {
        return status;
      }
      budget -= 2;
    }
  }

  private static String line(InputStream in, int budget, String peer) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    while (b >= 0 && b != '\n' && line.size() < budget) {
      line.write(b);
      b = in.read();
    }
    if (b != '\n') {
      throw new IOException(
          b < 0
              ? peer + " closed the connection before its answer was complete"
              : "the head of the answer of " + peer + " is longer than " + LARGEST + " bytes");
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static String brief(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
