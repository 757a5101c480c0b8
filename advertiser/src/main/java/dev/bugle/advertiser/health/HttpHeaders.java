package dev.bugle.advertiser.health;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an HTTP request carries beyond its method and URL.
 *
 * @param values by name; a name in any case
 */
public record HttpHeaders(Map<String, String> values) {

  /** Nothing. */
  public static final HttpHeaders NONE = new HttpHeaders(Map.of());

  /** What a header is named, RFC 9110 §5.6.2. */
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}";

  /** They say where the message ends, or ask for another kind of answer. */
  private static final Set<String> OURS =
      Set.of("connection", "content-length", "transfer-encoding", "upgrade", "expect", "te");

  private static final Set<String> SECRETS = Set.of("authorization", "proxy-authorization");

  /** Copies and checks them: none that only the check itself may set, and no secret. */
  public HttpHeaders {
    Map<String, String> checked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    values.forEach(
        (name, value) -> {
          check(name, value);
          if (checked.put(name, value) != null) {
            throw new IllegalArgumentException("found " + name + " twice; remove one of them");
          }
        });
    values = Collections.unmodifiableMap(checked);
  }

  private static void check(String name, String value) {
    if (!name.matches(TOKEN)) {
      throw new IllegalArgumentException(
          "found a name with characters that no header has; expected one such as X-Check");
    }
    if (SECRETS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          name + " is a secret, and this file is not; put the token into a file, for token-file");
    }
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(name + " is for the check itself to set; remove it");
    }
    if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "the value of " + name + " is not printable ASCII; headers are written in that");
    }
  }

  /** Whether there is one of that name, in any case. */
  boolean has(String name) {
    return values.containsKey(name);
  }
}
