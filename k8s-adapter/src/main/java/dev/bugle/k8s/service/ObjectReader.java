package dev.bugle.k8s.service;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Optional;

/** Reads objects of one kind, and keeps of them what is needed. */
interface ObjectReader<T> {

  /**
   * An object that was read.
   *
   * @param version its resourceVersion
   * @param value what is kept of it; empty if it is none of ours
   */
  record Seen<T>(ObjectKey key, String version, Optional<T> value) {}

  /** Reads the object that begins here, to its end. */
  Seen<T> read(JsonParser in) throws IOException;
}
