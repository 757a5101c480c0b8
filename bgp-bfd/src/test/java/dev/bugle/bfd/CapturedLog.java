package dev.bugle.bfd;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes what is logged, as long as it is open. */
final class CapturedLog implements AutoCloseable {

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

  CapturedLog() {
    System.setErr(new PrintStream(octets, true, StandardCharsets.UTF_8));
  }

  List<String> lines() {
    return octets.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
