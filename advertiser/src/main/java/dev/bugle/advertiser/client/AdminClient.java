package dev.bugle.advertiser.client;

import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.JsonText;
import dev.bugle.advertiser.json.MalformedJsonException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Asks an admin server, and commands it. Blocks the calling thread; has no state of its own. */
public final class AdminClient {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A stream that lives shows it every 15 seconds. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(40);

  private final Access access;

  /** Connects to nothing yet. */
  public AdminClient(Access access) {
    this.access = access;
  }

  /** Where the server is. */
  public AdminAddress address() {
    return access.address();
  }

  /**
   * Asks.
   *
   * @param path with its query, encoded ({@link #segment})
   * @throws AdminException when it cannot be reached, or refuses
   */
  public Json get(String path) throws AdminException {
    return call("GET", path, Optional.empty());
  }

  /**
   * Commands.
   *
   * @throws AdminException when it cannot be reached, or refuses
   */
  public Json post(String path, Optional<Json> body) throws AdminException {
    return call("POST", path, body);
  }

  /**
   * Takes away.
   *
   * @throws AdminException when it cannot be reached, or refuses
   */
  public Json delete(String path) throws AdminException {
    return call("DELETE", path, Optional.empty());
  }

  /** One part of a path, with whatever has another meaning there encoded, also a slash. */
  public static String segment(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~:".indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  private Json call(String method, String path, Optional<Json> body) throws AdminException {
    byte[] request = request(method, path, body);
    try (Wire wire = Wire.open(access, PATIENCE)) {
      wire.send(request);
      Reply reply = reply(new BufferedInputStream(wire.in()));
      return json(reply.status(), reply.body());
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /**
   * Reads events until the stream ends or breaks.
   *
   * @param event takes the name of each event, and its data
   * @throws AdminException when there is no stream, or none any more; {@link
   *     AdminException#isRefusal} if it makes no sense to try again
   */
  public void follow(String path, BiConsumer<String, Json> event) throws AdminException {
    byte[] request = request("GET", path, Optional.empty());
    try (Wire wire = Wire.open(access, LONGEST_SILENCE)) {
      wire.send(request);
      InputStream in = new BufferedInputStream(wire.in());
      Reply reply = reply(in);
      if (reply.status() != 200) {
        Json unused = json(reply.status(), reply.body());
        throw AdminException.unreachable("there are no events at " + access.address());
      }
      String name = "message";
      StringBuilder data = new StringBuilder();
      while (true) {
        String line = reply.line();
        if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          data.append(line, "data: ".length(), line.length());
        } else if (line.isEmpty() && data.length() > 0) {
          event.accept(name, parsed(data.toString()));
          name = "message";
          data.setLength(0);
        }
      }
    } catch (EOFException e) {
      throw AdminException.unreachable("bugle at " + access.address() + " has ended the stream");
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private Reply reply(InputStream in) throws IOException, AdminException {
    try {
      return Reply.read(in);
    } catch (EOFException e) {
      throw AdminException.unreachable(
          "what listens at "
              + access.address()
              + " has closed the connection without an answer"
              + (access.address() instanceof AdminAddress.Tcp && !access.isTls()
                  ? "; where it has admin.tls, say --ca-file FILE, or https://"
                  : ""));
    }
  }

  private byte[] request(String method, String path, Optional<Json> body) throws AdminException {
    byte[] content = body.map(Json::toString).orElse("").getBytes(StandardCharsets.UTF_8);
    String host = access.address() instanceof AdminAddress.Tcp tcp ? tcp.authority() : "localhost";
    String head =
        method
            + " "
            + path
            + " HTTP/1.0\r\nHost: "
            + host
            + "\r\n"
            + access.authorization()
            + (body.isPresent() ? "Content-Type: application/json\r\n" : "")
            + (method.equals("GET") ? "" : "Content-Length: " + content.length + "\r\n")
            + "\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(content);
    return request.toByteArray();
  }

  private Json json(int status, byte[] body) throws AdminException {
    Json json = parsed(new String(body, StandardCharsets.UTF_8));
    if (status >= 200 && status < 300) {
      return json;
    }
    String detail =
        json.find("detail").flatMap(Json::text).orElse("it answered with status " + status);
    if (status == 401) {
      detail =
          access.tokenFile().isEmpty()
              ? "bugle at " + access.address() + " wants a token; say --token-file FILE"
              : "bugle at "
                  + access.address()
                  + " has another token than "
                  + access.tokenFile().get();
    }
    throw AdminException.refused(status, detail);
  }

  private Json parsed(String text) throws AdminException {
    try {
      return JsonText.read(text);
    } catch (MalformedJsonException e) {
      throw AdminException.unreachable(
          "what answers at " + access.address() + " is no admin server of bugle; check --admin");
    }
  }

  private AdminException unreachable(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return AdminException.unreachable(
          "bugle at "
              + access.address()
              + " does not answer in time; is it stopped, or overloaded?");
    }
    String cause = e.getMessage() == null ? e.toString() : e.getMessage();
    return AdminException.unreachable(
        "cannot reach bugle at " + access.address() + ": " + cause + advice());
  }

  private String advice() {
    if (access.address() instanceof AdminAddress.UnixSocket unix) {
      return Files.exists(unix.path())
          ? "; may you use it? It belongs to the user and the group of bugle run"
          : "; is bugle run running, with this path in admin.listen?";
    }
    return "; is bugle run running there? Where admin.listen of its configuration is another"
        + " place, say --admin ADDRESS";
  }
}
