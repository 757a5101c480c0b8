package dev.bugle.k8s.service;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bugle.k8s.api.ApiStream;
import dev.bugle.k8s.service.ObjectReader.Seen;
import java.io.IOException;
import java.util.Map;

/** Reads one part of a list. */
final class ListReader {

  /** No object of etcd is as long. */
  static final int LONGEST_OBJECT = 16 << 20;

  private String version = "";
  private String next = "";

  private ListReader() {}

  /** Reads a part, and puts what is ours of it there. */
  static <T> ListReader read(ApiStream stream, ObjectReader<T> reader, Map<ObjectKey, T> into)
      throws IOException {
    ListReader part = new ListReader();
    try (JsonParser in = JsonFields.open(stream.body())) {
      stream.allow(LONGEST_OBJECT);
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the answer is no list");
      }
      JsonFields.each(
          in,
          (field, at) -> {
            if (field.equals("metadata")) {
              JsonFields.each(at, part::metadata);
            } else if (field.equals("items")) {
              JsonFields.items(
                  at,
                  (none, item) -> {
                    stream.allow(LONGEST_OBJECT);
                    Seen<T> seen = reader.read(item);
                    seen.value().ifPresent(value -> into.put(seen.key(), value));
                  });
            }
          });
    }
    if (part.version.isEmpty()) {
      throw new IOException("the list has no resourceVersion");
    }
    return part;
  }

  private void metadata(String field, JsonParser at) throws IOException {
    if (field.equals("resourceVersion")) {
      version = JsonFields.word(at);
    } else if (field.equals("continue")) {
      next = JsonFields.text(at, 1 << 16).orElse("");
    }
  }

  /** Of which moment the list is. */
  String version() {
    return version;
  }

  /** What asks for the next part; empty text after the last one. */
  String next() {
    return next;
  }
}
