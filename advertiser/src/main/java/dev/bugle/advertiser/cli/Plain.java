package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.json.Json;
import java.util.List;

/** Text from elsewhere, made fit for a terminal. */
final class Plain {

  private Plain() {}

  /** The same without what a terminal would obey. */
  static String text(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /** The text of a field; empty if there is none. */
  static String text(Json json, String field) {
    return text(json.find(field).flatMap(Json::text).orElse(""));
  }

  /** The number of a field; 0 if there is none. */
  static long whole(Json json, String field) {
    return json.find(field).flatMap(Json::whole).orElse(0L);
  }

  /** Whether a field is there and true. */
  static boolean flag(Json json, String field) {
    return json.find(field).flatMap(Json::flag).orElse(false);
  }

  /** The items of a field; none if there is none. */
  static List<Json> items(Json json, String field) {
    return json.find(field).map(Json::items).orElse(List.of());
  }
}
