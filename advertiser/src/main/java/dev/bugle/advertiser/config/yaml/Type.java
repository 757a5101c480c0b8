package dev.bugle.advertiser.config.yaml;

import java.util.Optional;

/**
 * How one kind of value is read from a node.
 *
 * @param <T> what it becomes
 */
public interface Type<T> {

  /** Completes "expected ...": {@code an IP address such as 192.0.2.1}. */
  String description();

  /** Reads the value; empty when a fault was reported at the cursor or below it. */
  Optional<T> read(Cursor at);
}
