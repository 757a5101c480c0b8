package dev.bugle.advertiser.health;

import dev.bugle.advertiser.health.Probe.StatusRange;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * Asks over HTTP/1.1 on a connection of its own, which a deadline can cut at any byte. The JDK's
 * client would do it too, with three more threads that stay, 700 more classes and 9 MB.
 */
final class HttpProber implements Prober {

  private static final int MOST_OF_BODY = 16 << 10;
  private static final int LONGEST_GOODBYE_MILLIS = 100;

  private final Probe.Http probe;
  private final TlsTrust trust;

  HttpProber(Probe.Http probe) {
    this.probe = probe;
    this.trust = new TlsTrust(probe.credentials());
  }

  @Override
  public Outcome probe(Attempt attempt) throws IOException {
    byte[] request = request();
    try (Socket plain = Dial.connect(probe.url().host(), probe.url().port(), attempt)) {
      return exchange(plain, request, attempt);
    }
  }

  private Outcome exchange(Socket plain, byte[] request, Attempt attempt) throws IOException {
    boolean isTls = false;
    try {
      plain.setSoTimeout(attempt.remainingMillis());
      Socket socket = plain;
      if (probe.url().isSecure()) {
        isTls = true;
        attempt.step("agreeing on TLS with " + peer());
        String name = probe.credentials().serverName().orElse(probe.url().host());
        socket = trust.secure(plain, name, probe.url().port());
        isTls = false;
      }
      attempt.step("waiting for the answer of " + peer());
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      InputStream in = new TimedInput(socket, plain, attempt);
      int status = ResponseHead.read(in, peer());
      letItEnd(socket, plain, attempt);
      return judge(status);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (SSLException e) {
      throw new IOException(trust.describe(e, peer()), e);
    } catch (SocketException e) {
      throw new IOException(
          peer()
              + " broke off the connection"
              + (isTls ? " while agreeing on TLS" : "")
              + trust.doubt(),
          e);
    }
  }

  /**
   * Takes the beginning of the body, for a moment, and says goodbye, so that the server sees an
   * orderly end. Whether that works changes nothing.
   */
  private static void letItEnd(Socket socket, Socket plain, Attempt attempt) {
    try {
      int left = attempt.remainingMillis();
      int end = left - Math.min(left / 2, LONGEST_GOODBYE_MILLIS);
      byte[] body = new byte[4096];
      int budget = MOST_OF_BODY;
      for (int rest = left - end; rest > 0 && budget > 0; ) {
        plain.setSoTimeout(rest);
        int count = socket.getInputStream().read(body);
        budget = count < 0 ? 0 : budget - count;
        rest = attempt.remainingMillis() - end;
      }
      plain.setSoTimeout(1);
      socket.close();
    } catch (IOException e) {
      // The answer is there; how the server takes its end is not asked.
    }
  }

  private Outcome judge(int status) {
    if (probe.statuses().stream().anyMatch(range -> range.contains(status))) {
      return Outcome.passed("status " + status);
    }
    String expected =
        probe.statuses().stream().map(StatusRange::toString).collect(Collectors.joining(", "));
    return Outcome.failed("status " + status + " from " + peer() + ", expected " + expected);
  }

  private String peer() {
    return probe.url().peer();
  }

  private byte[] request() throws IOException {
    StringBuilder head = new StringBuilder();
    line(head, probe.method() + " " + probe.url().target() + " HTTP/1.1");
    if (!probe.headers().has("Host")) {
      line(head, "Host: " + probe.url().hostHeader());
    }
    if (!probe.headers().has("User-Agent")) {
      line(head, "User-Agent: bugle");
    }
    probe.headers().values().forEach((name, value) -> line(head, name + ": " + value));
    Optional<Path> tokenFile = probe.credentials().tokenFile();
    if (tokenFile.isPresent()) {
      line(head, "Authorization: Bearer " + token(tokenFile.get()));
    }
    line(head, "Connection: close");
    line(head, "");
    return head.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void line(StringBuilder head, String line) {
    head.append(line).append("\r\n");
  }

  /** The token in the file; a message about it must not show it. */
  private static String token(Path file) throws IOException {
    String token =
        new String(SmallFile.read("token file", file), StandardCharsets.ISO_8859_1).strip();
    if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IOException(
          "the token file "
              + file
              + (token.isEmpty() ? " is empty" : " holds more than one word of printable ASCII"));
    }
    return token;
  }
}
