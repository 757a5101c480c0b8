package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.config.AdminListen;
import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.JsonText;
import dev.bugle.advertiser.json.MalformedJsonException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends exactly what a test says, octet for octet, and reads what comes back. */
final class Client implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  /** An answer; the names of headers are in small letters. */
  record Reply(int status, Map<String, String> headers, String body) {

    Json json() {
      try {
        return JsonText.read(body);
      } catch (MalformedJsonException e) {
        throw new AssertionError(body, e);
      }
    }

    /** What a refusal says. */
    String detail() {
      return json().find("detail").flatMap(Json::text).orElseThrow();
    }
  }

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Client(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  static Client to(AdminServer server) throws IOException {
    return new Client(connect(server));
  }

  static Socket connect(AdminServer server) throws IOException {
    AdminListen.Tcp place = (AdminListen.Tcp) server.places().get(0);
    return new Socket(place.address().toInetAddress(), place.port());
  }

  /** A request without a body on a connection of its own. */
  static Reply ask(AdminServer server, String line, String... headers) throws IOException {
    try (Client client = to(server)) {
      return client.request(line, headers);
    }
  }

  Reply request(String line, String... headers) throws IOException {
    send(line + " HTTP/1.1\r\nHost: localhost\r\n" + lines(headers) + "\r\n");
    return reply(line.startsWith("HEAD "));
  }

  Reply post(String path, String json, String... headers) throws IOException {
    return request(
        "POST " + path, "application/json", json.getBytes(StandardCharsets.UTF_8), headers);
  }

  Reply request(String line, String type, byte[] body, String... headers) throws IOException {
    send(
        line
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length
            + "\r\n"
            + lines(headers)
            + "\r\n");
    out.write(body);
    return reply(false);
  }

  private static String lines(String... headers) {
    StringBuilder lines = new StringBuilder();
    for (String header : headers) {
      lines.append(header).append("\r\n");
    }
    return lines.toString();
  }

  void send(String octets) throws IOException {
    out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  Reply reply() throws IOException {
    return reply(false);
  }

  Reply reply(boolean headOnly) throws IOException {
    String first = line();
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = headOnly ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Reply(Integer.parseInt(first.substring(9, 12)), headers, body);
  }

  /** The next line, without its end; also of a stream. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server has closed, after: " + line);
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** Reads until the server closes; whatever comes does not count. */
  boolean isClosed() throws IOException {
    try {
      while (in.read() >= 0) {}
      return true;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** Whether there is nothing to read now, and the server has not closed. */
  boolean isOpen() throws IOException {
    socket.setSoTimeout(1);
    try {
      return in.read() >= 0;
    } catch (SocketTimeoutException open) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
