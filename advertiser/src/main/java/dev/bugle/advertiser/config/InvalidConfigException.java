package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Fault;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that must not be used, with everything that is wrong with it. */
public final class InvalidConfigException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient List<Fault> faults;

  /** The faults are those of one file, at least one. */
  public InvalidConfigException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** By line. */
  public List<Fault> faults() {
    return faults;
  }
}
