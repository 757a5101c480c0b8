package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.logs.JsonLogProvider;
import java.util.Map;

/** How the program logs, to standard error. */
enum LogFormat {
  /** One line each, with time, level and a short name. */
  text,
  /** One JSON object on each line. */
  json;

  private static final String PREFIX = "org.slf4j.simpleLogger.";

  /** SLF4J takes the provider of this name, and looks for no other. */
  private static final String PROVIDER = "slf4j.provider";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "logFile", "System.err",
          "showDateTime", "true",
          "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
          "showThreadName", "false",
          "showLogName", "false",
          "showShortLogName", "true");

  /** Must come before the first logger is made. What the user set with -D stays. */
  static void configure() {
    SETTINGS.forEach((key, value) -> setUnlessSet(PREFIX + key, value));
  }

  /** Logs in this format; must come before the first logger is made. */
  void use() {
    if (this == json) {
      setUnlessSet(PROVIDER, JsonLogProvider.class.getName());
      setUnlessSet("slf4j.internal.verbosity", "WARN"); // else it tells of that, in text
    }
  }

  private static void setUnlessSet(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /** For a command that tells its own story: only what is wrong is logged. */
  static void quieten() {
    System.setProperty(PREFIX + "defaultLogLevel", "warn");
  }
}
