package dev.bugle.advertiser.cli;

import java.util.Map;

/** How the program logs: to standard error, one line each, with time, level and a short name. */
final class LogFormat {

  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "logFile", "System.err",
          "showDateTime", "true",
          "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
          "showThreadName", "false",
          "showLogName", "false",
          "showShortLogName", "true");

  private LogFormat() {}

  /** Must come before the first logger is made. What the user set with -D stays. */
  static void configure() {
    SETTINGS.forEach(
        (key, value) -> {
          if (System.getProperty(PREFIX + key) == null) {
            System.setProperty(PREFIX + key, value);
          }
        });
  }

  /** For a command that tells its own story: only what is wrong is logged. */
  static void quieten() {
    System.setProperty(PREFIX + "defaultLogLevel", "warn");
  }
}
