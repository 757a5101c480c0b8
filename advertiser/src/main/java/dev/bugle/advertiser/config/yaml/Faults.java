package dev.bugle.advertiser.config.yaml;

import java.util.ArrayList;
import java.util.List;

/** The faults found so far in one configuration. */
public final class Faults {

  /** More would not be read by anybody, and a hostile file could make millions. */
  private static final int MOST = 100;

  private static final int LONGEST_MESSAGE = 1000;

  private final String file;
  private final List<Fault> found = new ArrayList<>();
  private int count;

  /** Starts with none, in the file of that name. */
  public Faults(String file) {
    this.file = file;
  }

  /** Adds one in the file; the parameters are those of {@link Fault}. */
  public void add(int line, String field, String message) {
    add(at(line), field, message);
  }

  /** Adds one that may have been written elsewhere. */
  public void add(Place place, String field, String message) {
    count++;
    if (found.size() < MOST) {
      String text = message.length() > LONGEST_MESSAGE ? cut(message) : message;
      found.add(new Fault(place, field, Quoted.printable(text)));
    }
  }

  private static String cut(String message) {
    return message.substring(0, LONGEST_MESSAGE) + "...";
  }

  /** A line of the file. */
  Place at(int line) {
    return new Place(file, line);
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** Whether more of them are only counted. */
  boolean isFull() {
    return found.size() == MOST;
  }

  /** All of them, by line; of very many the first, and last how many more there are. */
  public List<Fault> sorted() {
    List<Fault> sorted = new ArrayList<>(found.stream().sorted().toList());
    if (count > found.size()) {
      String more = (count - found.size()) + " more faults are not shown; mend these first";
      sorted.add(new Fault(at(0), "", more));
    }
    return sorted;
  }
}
