package dev.bugle.advertiser.logs;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.slf4j.event.Level;

/**
 * From which level on each logger writes, in the numbers of {@link Level#toInt}. That of the
 * longest name counts that is the logger's or a package around it.
 */
final class Levels {

  private static final String PREFIX = "org.slf4j.simpleLogger.";
  private static final String OF_NAME = PREFIX + "log.";

  /** Above all levels. */
  private static final int OFF = Level.ERROR.toInt() + 10;

  private final int otherwise;
  private final Map<String, Integer> named = new HashMap<>();

  private Levels(int otherwise) {
    this.otherwise = otherwise;
  }

  /** As these say for slf4j-simple. */
  static Levels of(Properties properties) {
    Levels levels = new Levels(level(properties.getProperty(PREFIX + "defaultLogLevel", "info")));
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(OF_NAME)) {
        levels.named.put(
            key.substring(OF_NAME.length()), level(properties.getProperty(key, "info")));
      }
    }
    return levels;
  }

  private static int level(String word) {
    if (word.equalsIgnoreCase("off")) {
      return OFF;
    }
    try {
      return Level.valueOf(word.toUpperCase(Locale.ROOT)).toInt();
    } catch (IllegalArgumentException unknown) {
      return Level.INFO.toInt(); // as slf4j-simple takes it
    }
  }

  int of(String name) {
    for (String part = name; ; part = part.substring(0, part.lastIndexOf('.'))) {
      Integer level = named.get(part);
      if (level != null) {
        return level;
      }
      if (part.lastIndexOf('.') < 0) {
        return otherwise;
      }
    }
  }
}
