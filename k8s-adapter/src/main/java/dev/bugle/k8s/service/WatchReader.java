package dev.bugle.k8s.service;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bugle.k8s.api.ApiStream;
import dev.bugle.k8s.service.ObjectReader.Seen;
import java.io.IOException;
import java.util.Optional;

/** Reads the events of a watch, one by one. */
final class WatchReader<T> implements AutoCloseable {

  /**
   * An event.
   *
   * @param type {@code ADDED}, {@code MODIFIED}, {@code DELETED}, {@code BOOKMARK} or {@code ERROR}
   * @param seen the object; with an error, nothing
   * @param code of an error
   * @param message of an error
   */
  record Event<T>(String type, Optional<Seen<T>> seen, int code, String message) {
    boolean isError() {
      return seen.isEmpty();
    }
  }

  private final ApiStream stream;
  private final ObjectReader<T> reader;
  private final JsonParser in;

  private String type = "";
  private Optional<Seen<T>> seen = Optional.empty();
  private int code;
  private String message = "";

  WatchReader(ApiStream stream, ObjectReader<T> reader) throws IOException {
    this.stream = stream;
    this.reader = reader;
    this.in = JsonFields.open(stream.body());
  }

  /** Waits for the next; empty when the watch has ended in order. */
  Optional<Event<T>> next() throws IOException {
    stream.allow(ListReader.LONGEST_OBJECT);
    JsonToken token = in.nextToken();
    if (token == null) {
      return Optional.empty();
    }
    if (token != JsonToken.START_OBJECT) {
      throw new IOException("the watch sends what is no event");
    }
    type = "";
    seen = Optional.empty();
    code = 0;
    message = "";
    JsonFields.each(in, this::field);
    if (seen.isEmpty() && !type.equals("ERROR")) {
      throw new IOException("the watch sends an event without an object");
    }
    return Optional.of(new Event<>(type, seen, code, message));
  }

  private void field(String field, JsonParser at) throws IOException {
    if (field.equals("type")) {
      type = JsonFields.word(at);
    } else if (field.equals("object")) {
      // The server always says first what it is.
      if (type.isEmpty()) {
        throw new IOException("the watch sends an event whose type does not come first");
      } else if (type.equals("ERROR")) {
        JsonFields.each(at, this::status);
      } else {
        seen = Optional.of(reader.read(at));
      }
    }
  }

  private void status(String field, JsonParser at) throws IOException {
    if (field.equals("code") && at.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      code = at.getValueAsInt();
    } else if (field.equals("message")) {
      message = JsonFields.text(at, 4096).orElse("");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
