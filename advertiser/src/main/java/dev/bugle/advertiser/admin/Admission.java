package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.time.Ticker;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may ask. Over TCP with a token, who bears it. Over TCP without one, every program of this
 * host, but no web page in somebody's browser: one that calls a name of its own this host (DNS
 * rebinding) is known by its Host, one that sends a command from elsewhere by its Origin. On the
 * event loop.
 */
final class Admission {

  private static final Logger log = LoggerFactory.getLogger(Admission.class);

  private static final long LOG_NANOS = Duration.ofMinutes(1).toNanos();

  private final Supplier<Optional<Token>> token;
  private final Ticker ticker;
  private long refused;
  private long nextLogNanos;

  Admission(Supplier<Optional<Token>> token, Ticker ticker) {
    this.token = token;
    this.ticker = ticker;
  }

  /**
   * Lets a request in.
   *
   * @throws Problem 401 or 403
   */
  void check(HttpRequest head, Door door, String client) throws Problem {
    if (door == Door.UNIX_SOCKET) {
      return;
    }
    HttpHeaders headers = head.headers();
    if (headers.contains(HttpHeaderNames.ORIGIN) && !isReading(head.method().name())) {
      throw Problem.of(403, "a web page may not command; use a program that sends no Origin");
    }
    Optional<Token> needed = token.get();
    if (needed.isPresent()) {
      checkToken(needed.get(), headers.getAll(HttpHeaderNames.AUTHORIZATION), client);
    } else if (!isThisHost(String.valueOf(headers.get(HttpHeaderNames.HOST, "")))) {
      throw Problem.of(403, "the Host must be 127.0.0.1, [::1] or localhost; use that in the URL");
    }
  }

  private static boolean isReading(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
  }

  private void checkToken(Token needed, List<String> sent, String client) throws Problem {
    if (sent.isEmpty()) {
      throw Problem.of(
              401,
              "a token is needed: send Authorization: Bearer, a space and what is in the file"
                  + " admin.token-file of the configuration")
          .with("WWW-Authenticate", "Bearer realm=\"bugle\"");
    }
    String credentials = sent.get(0);
    boolean bearer = sent.size() == 1 && credentials.toLowerCase(Locale.ROOT).startsWith("bearer ");
    if (!bearer || !needed.isEqualTo(credentials.substring("bearer ".length()).strip())) {
      count(client);
      throw Problem.of(401, "the token is not the one in admin.token-file; check what you send")
          .with("WWW-Authenticate", "Bearer realm=\"bugle\", error=\"invalid_token\"");
    }
  }

  /** Not a line for each: who guesses must not fill the log. */
  private void count(String client) {
    refused++;
    if (ticker.nanos() >= nextLogNanos) {
      log.warn(
          "{} refused with a wrong token on the admin server, the last of {}", refused, client);
      refused = 0;
      nextLogNanos = ticker.nanos() + LOG_NANOS;
    }
  }

  private static boolean isThisHost(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", "");
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.matches("127(\\.(0|[1-9][0-9]{0,2})){3}");
  }
}
