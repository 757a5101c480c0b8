package dev.bugle.advertiser.admin;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The target of a request, taken apart and decoded once. Whatever could be read in two ways is
 * refused, so nobody behind this has to think of it.
 *
 * @param segments of the path, decoded; none for {@code /}. A slash in one of them was written as
 *     {@code %2F}
 * @param query the parameters, decoded, each name once
 */
record Target(List<String> segments, Map<String, String> query) {

  /** The longest target in characters; the longest that anybody needs has less than 200. */
  static final int MAX_LENGTH = 1024;

  private static final int MAX_SEGMENTS = 12;
  private static final int MAX_PARAMETERS = 12;

  /** What stands for itself in a path; a semicolon is missing on purpose. */
  private static final String PLAIN = "-._~!$&'()*+,=:@";

  /**
   * Takes a request target apart.
   *
   * @throws Problem saying what to send instead
   */
  static Target parse(String text) throws Problem {
    if (text.length() > MAX_LENGTH) {
      throw Problem.of(414, "the path has more than " + MAX_LENGTH + " characters; shorten it");
    }
    if (!text.startsWith("/")) {
      // Deviates from RFC 9112 §3.2.2: the absolute form is for proxies, and this is none.
      throw Problem.of(400, "the request target must begin with a slash, like /v1/openapi.json");
    }
    int mark = text.indexOf('?');
    String path = mark < 0 ? text : text.substring(0, mark);
    return new Target(path(path), mark < 0 ? Map.of() : query(text.substring(mark + 1)));
  }

  private static List<String> path(String path) throws Problem {
    if (path.equals("/")) {
      return List.of();
    }
    String[] raw = path.substring(1).split("/", -1);
    if (raw.length > MAX_SEGMENTS) {
      throw Problem.of(400, "the path has more than " + MAX_SEGMENTS + " parts; shorten it");
    }
    List<String> segments = new ArrayList<>();
    for (String segment : raw) {
      if (segment.isEmpty()) {
        throw Problem.of(400, "the path has an empty part; remove the slash that is too many");
      }
      String decoded = decode(segment, PLAIN, false, "path");
      for (String part : decoded.split("/", -1)) {
        if (part.isEmpty() || part.equals(".") || part.equals("..")) {
          throw Problem.of(400, "the path has a part that is empty or of dots; write it in full");
        }
      }
      segments.add(decoded);
    }
    return List.copyOf(segments);
  }

  private static Map<String, String> query(String text) throws Problem {
    Map<String, String> query = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return query;
    }
    String[] pairs = text.split("&", -1);
    if (pairs.length > MAX_PARAMETERS) {
      throw Problem.of(400, "the query has more than " + MAX_PARAMETERS + " parameters");
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String plain = PLAIN + "/?";
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), plain, true, "query");
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), plain, true, "query");
      if (name.isEmpty()) {
        throw Problem.of(400, "the query has a parameter without a name; remove it");
      }
      if (query.put(name, value) != null) {
        throw Problem.of(400, "the query has the parameter " + name + " twice; remove one of them");
      }
    }
    return query;
  }

  private static String decode(String text, String plain, boolean plusIsSpace, String where)
      throws Problem {
    byte[] octets = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        octets[length++] = (byte) octet(text, i, where);
        i += 2;
      } else if (c == '+' && plusIsSpace) {
        octets[length++] = ' ';
      } else if (isLetterOrDigit(c) || plain.indexOf(c) >= 0) {
        octets[length++] = (byte) c;
      } else {
        throw Problem.of(
            400, "the " + where + " has a character that has no place there; remove it");
      }
    }
    return printable(ByteBuffer.wrap(octets, 0, length), where);
  }

  private static int octet(String text, int at, String where) throws Problem {
    int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
    int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw Problem.of(400, "the " + where + " has a % without two hex digits; write it as %25");
    }
    return high << 4 | low;
  }

  private static String printable(ByteBuffer octets, String where) throws Problem {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
    } catch (CharacterCodingException e) {
      throw Problem.of(400, "the " + where + " is not UTF-8");
    }
    // A percent sign after decoding was encoded twice, for somebody who decodes twice.
    boolean trick = where.equals("path") && (text.indexOf('%') >= 0 || text.indexOf('\\') >= 0);
    if (trick || text.chars().anyMatch(Character::isISOControl)) {
      throw Problem.of(
          400, "the " + where + " encodes a character that has no place there; remove it");
    }
    return text;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
