package dev.bugle.benchmarks.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the routers have to do. */
enum Scenario {
  INGEST("ingest", 1, 1, 0, "one sender, nobody to tell: until the last prefix is in the table"),
  RELAY("relay", 1, 1, 1, "one sender and one receiver: until that has all"),
  RELAY_TENTH("relay-tenth", 10, 1, 1, "the same with a tenth of the table"),
  TWO_SENDERS(
      "two-senders", 1, 2, 1, "two senders of the same, one receiver: until it hears no more"),
  MANY_RECEIVERS(
      "100-receivers", 100, 1, 100, "a hundredth of the table, 100 receivers: until each has all");

  private final String label;
  private final int fraction;
  private final int senders;
  private final int receivers;
  private final String description;

  Scenario(String label, int fraction, int senders, int receivers, String description) {
    this.label = label;
    this.fraction = fraction;
    this.senders = senders;
    this.receivers = receivers;
    this.description = description;
  }

  /** The one with this name. */
  static Optional<Scenario> of(String name) {
    return Arrays.stream(values()).filter(one -> one.label.equals(name)).findFirst();
  }

  /** Its name on the command line and in reports. */
  @Override
  public String toString() {
    return label;
  }

  /** What it is, for people. */
  String description() {
    return description;
  }

  /** How many prefixes each sender has, where a full table has so many. */
  int prefixes(int full) {
    return Math.max(1, full / fraction);
  }

  /** Whether the router has to tell others what it learns. */
  boolean relays() {
    return receivers > 0;
  }

  /** Those who feed the router. */
  List<Neighbor> senders() {
    return neighbors(senders, true);
  }

  /** Those whom it tells. */
  List<Neighbor> receivers() {
    return neighbors(receivers, false);
  }

  /** All its peers. */
  List<Neighbor> neighbors() {
    List<Neighbor> all = new ArrayList<>(senders());
    all.addAll(receivers());
    return all;
  }

  private static List<Neighbor> neighbors(int count, boolean sends) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> new Neighbor(number, sends)).toList();
  }

  static String names() {
    return String.join(", ", Stream.of(values()).map(Scenario::toString).toList());
  }
}
