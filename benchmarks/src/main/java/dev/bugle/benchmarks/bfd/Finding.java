package dev.bugle.benchmarks.bfd;

import dev.bugle.benchmarks.JsonLine;
import dev.bugle.benchmarks.Latencies;
import java.util.List;
import java.util.Locale;

/** What a trial has to say. */
sealed interface Finding {

  /** Adds it to a line of JSON. */
  void addTo(JsonLine line);

  /** The cells of its row, under the columns of the measurement; or one that says why not. */
  List<String> cells();

  /** How long contenders took to find the neighbour silent, and how often they were too soon. */
  record Detection(Latencies latencies, int early) implements Finding {
    @Override
    public void addTo(JsonLine line) {
      line.with("status", "measured")
          .with("drops", latencies.count())
          .with("min_ms", latencies.minMillis())
          .with("p50_ms", latencies.quantileMillis(0.5))
          .with("p99_ms", latencies.quantileMillis(0.99))
          .with("max_ms", latencies.maxMillis())
          .with("early", early);
    }

    @Override
    public List<String> cells() {
      return List.of(
          Integer.toString(latencies.count()),
          decimals(3, latencies.minMillis()),
          decimals(3, latencies.quantileMillis(0.5)),
          decimals(3, latencies.quantileMillis(0.99)),
          decimals(3, latencies.maxMillis()),
          Integer.toString(early));
    }
  }

  /** Downs within so many seconds. */
  record Downs(long seconds, DownCount count) implements Finding {
    @Override
    public void addTo(JsonLine line) {
      line.with("status", "measured")
          .with("seconds", seconds)
          .with("downs", count.total())
          .with("downs_by_contender", count.of(Side.CONTENDER))
          .with("downs_by_neighbour", count.of(Side.NEIGHBOUR))
          .with("contender_gap_ms", Latencies.millis(count.longestGap(Side.CONTENDER)))
          .with("neighbour_gap_ms", Latencies.millis(count.longestGap(Side.NEIGHBOUR)));
    }

    @Override
    public List<String> cells() {
      return List.of(
          Long.toString(seconds),
          Integer.toString(count.total()),
          Integer.toString(count.of(Side.CONTENDER)),
          Integer.toString(count.of(Side.NEIGHBOUR)),
          decimals(1, Latencies.millis(count.longestGap(Side.CONTENDER))),
          decimals(1, Latencies.millis(count.longestGap(Side.NEIGHBOUR))));
    }
  }

  /**
   * What one session costs.
   *
   * @param cpuPercent share of one core
   * @param all memory of all processes
   * @param bfd memory of the one that speaks BFD
   */
  record Cost(double cpuPercent, double all, double bfd) implements Finding {
    @Override
    public void addTo(JsonLine line) {
      line.with("status", "measured")
          .with("cpu_percent", cpuPercent)
          .with("rss_mb", all)
          .with("bfd_rss_mb", bfd);
    }

    @Override
    public List<String> cells() {
      return List.of(decimals(2, cpuPercent), decimals(1, all), decimals(1, bfd));
    }
  }

  /**
   * What many sessions cost.
   *
   * @param up of them at the end
   * @param cpuPercent share of one core, of all sessions
   * @param memory in megabytes: with one session, and with all
   */
  record Many(int sessions, int up, double cpuPercent, Growth memory) implements Finding {

    /** From one session to many, in megabytes. */
    record Growth(double one, double many) {}

    private double cpuPercentOfThousand() {
      return cpuPercent * 1000 / sessions;
    }

    private double kilobytesOfOne() {
      return (memory.many() - memory.one()) * 1024 / (sessions - 1);
    }

    @Override
    public void addTo(JsonLine line) {
      line.with("status", "measured")
          .with("sessions", sessions)
          .with("sessions_up_at_end", up)
          .with("cpu_percent", cpuPercent)
          .with("cpu_percent_per_1000_sessions", cpuPercentOfThousand())
          .with("rss_mb_of_one_session", memory.one())
          .with("rss_mb", memory.many())
          .with("rss_kb_per_session", kilobytesOfOne());
    }

    @Override
    public List<String> cells() {
      return List.of(
          Integer.toString(sessions),
          Integer.toString(up),
          decimals(2, cpuPercent),
          decimals(2, cpuPercentOfThousand()),
          decimals(1, memory.many()),
          decimals(1, kilobytesOfOne()));
    }
  }

  /** The contender or the load is not to be had here. */
  record Absent(String reason) implements Finding {
    @Override
    public void addTo(JsonLine line) {
      line.with("status", "absent").with("reason", reason);
    }

    @Override
    public List<String> cells() {
      return List.of("absent: " + reason);
    }
  }

  /** It is here and did not do the job. */
  record Failed(String reason) implements Finding {
    @Override
    public void addTo(JsonLine line) {
      line.with("status", "failed").with("reason", reason);
    }

    @Override
    public List<String> cells() {
      return List.of("failed: " + reason);
    }
  }

  private static String decimals(int places, double value) {
    return String.format(Locale.ROOT, "%." + places + "f", value);
  }
}
