package dev.bugle.k8s.apiserver;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The parameters after the question mark of a request. */
record Query(Map<String, String> values) {

  static Query of(URI uri) {
    Map<String, String> values = new HashMap<>();
    String query = uri.getRawQuery();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        values.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return new Query(Map.copyOf(values));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Empty if it is not there. */
  String text(String name) {
    return values.getOrDefault(name, "");
  }

  boolean flag(String name) {
    return text(name).equals("true") || text(name).equals("1");
  }

  /** A number that is not negative; that default if it is not there. */
  long number(String name, long usual) throws Refusal {
    String text = text(name);
    if (text.isEmpty()) {
      return usual;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw Refusal.badRequest("invalid " + name + ": " + text);
    }
    return Long.parseLong(text);
  }
}
