package dev.bugle.advertiser.admin;

import java.util.Locale;

/** The two ways to write metrics, and which of them a client prefers. */
final class MetricsFormat {

  static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private static final int MAX_CHOICES = 32;

  private MetricsFormat() {}

  /** OpenMetrics for who asks for it and does not like the other better. */
  static String preferred(String accept) {
    double openMetrics = 0;
    double text = 0;
    for (String choice : accept.toLowerCase(Locale.ROOT).split(",", MAX_CHOICES)) {
      String[] parts = choice.split(";", MAX_CHOICES);
      double weight = weight(parts);
      switch (parts[0].strip()) {
        case "application/openmetrics-text" -> openMetrics = Math.max(openMetrics, weight);
        case "text/plain" -> text = Math.max(text, weight);
        default -> {}
      }
    }
    return openMetrics > 0 && openMetrics >= text ? OPEN_METRICS : PROMETHEUS;
  }

  private static double weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.matches("q=[01](\\.[0-9]{0,3})?")) {
        return Double.parseDouble(part.substring(2));
      }
    }
    return 1;
  }
}
