package dev.bugle.k8s.service;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Optional;

/** Reads the Node of this name, and keeps of it how it is marked. */
record NodeReader(String node) implements ObjectReader<NodeMark> {

  @Override
  public Seen<NodeMark> read(JsonParser in) throws IOException {
    return new Reading().all(in);
  }

  /** One object, while it is read. */
  private final class Reading {
    private String name = "";
    private String version = "";
    private boolean isExcluded;

    Seen<NodeMark> all(JsonParser in) throws IOException {
      JsonFields.each(
          in,
          (field, at) -> {
            if (field.equals("metadata")) {
              JsonFields.each(at, this::metadata);
            }
          });
      return new Seen<>(
          new ObjectKey("", name),
          version,
          Optional.of(new NodeMark(isExcluded)).filter(mark -> name.equals(node)));
    }

    private void metadata(String field, JsonParser at) throws IOException {
      switch (field) {
        case "name" -> name = JsonFields.word(at);
        case "resourceVersion" -> version = JsonFields.word(at);
        case "labels" ->
            JsonFields.each(at, (label, value) -> isExcluded |= label.equals(NodeMark.LABEL));
        default -> {}
      }
    }
  }
}
