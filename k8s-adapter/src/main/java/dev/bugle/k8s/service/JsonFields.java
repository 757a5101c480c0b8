package dev.bugle.k8s.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads objects field by field while they come. What nobody asks for is passed over without being
 * kept, so an object costs what is taken from it and not what is in it.
 */
final class JsonFields {

  /** Objects of the API are flat; who nests deeper is none. */
  private static final int DEEPEST = 100;

  /** More than an object can have in all; one that is passed over is held in part only. */
  private static final int LONGEST_STRING = 8 << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_STRING)
                  .maxNameLength(LONGEST_STRING)
                  .build())
          // Names that strangers choose must not fill a table that stays.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** What is done with a field. */
  interface Visitor {
    /** Called at the value; it reads it to its last token, or leaves it alone. */
    void field(String name, JsonParser in) throws IOException;
  }

  private JsonFields() {}

  /** Begins to read values that follow each other. */
  static JsonParser open(InputStream in) throws IOException {
    return FACTORY.createParser(in);
  }

  /** Goes through the object that begins here; passes over what is none. */
  static void each(JsonParser in, Visitor visitor) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return;
    }
    for (JsonToken token = in.nextToken(); token == JsonToken.FIELD_NAME; token = in.nextToken()) {
      String name = in.currentName();
      in.nextToken();
      visitor.field(name, in);
      in.skipChildren(); // Nothing, when the visitor has read it.
    }
    requireEnd(in, JsonToken.END_OBJECT);
  }

  /** Goes through the objects of the list that begins here; passes over what is none. */
  static void items(JsonParser in, Visitor visitor) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      in.skipChildren();
      return;
    }
    for (JsonToken token = in.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = in.nextToken()) {
      visitor.field("", in);
      in.skipChildren();
    }
    requireEnd(in, JsonToken.END_ARRAY);
  }

  private static void requireEnd(JsonParser in, JsonToken end) throws IOException {
    if (in.currentToken() != end) {
      throw new IOException("the answer ends in the middle of an object");
    }
  }

  /** The text here; empty when it is none, or longer than that. */
  static Optional<String> text(JsonParser in, int longest) throws IOException {
    return in.currentToken() == JsonToken.VALUE_STRING && in.getTextLength() <= longest
        ? Optional.of(in.getText())
        : Optional.empty();
  }

  /** The text here, which is short; empty text when it is none. */
  static String word(JsonParser in) throws IOException {
    return text(in, 1024).orElse("");
  }

  /** What is true or false here; otherwise that. */
  static boolean flag(JsonParser in, boolean otherwise) {
    JsonToken token = in.currentToken();
    return token == JsonToken.VALUE_TRUE || (token != JsonToken.VALUE_FALSE && otherwise);
  }
}
