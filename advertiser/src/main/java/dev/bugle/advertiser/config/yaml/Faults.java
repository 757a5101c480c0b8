package dev.bugle.advertiser.config.yaml;

import java.util.ArrayList;
import java.util.List;

/** The faults found so far in one file. */
public final class Faults {

  private final String file;
  private final List<Fault> found = new ArrayList<>();

  /** Starts with none, in the file of that name. */
  public Faults(String file) {
    this.file = file;
  }

  /** Adds one; the parameters are those of {@link Fault}. */
  public void add(int line, String field, String message) {
    found.add(new Fault(file, line, field, message));
  }

  /** How many there are. */
  public int count() {
    return found.size();
  }

  /** All of them, by line. */
  public List<Fault> sorted() {
    return found.stream().sorted().toList();
  }
}
