package dev.bugle.advertiser.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes JSON text. */
public final class JsonText {

  /** How deep arrays and objects may lie in each other. */
  static final int MAX_DEPTH = 32;

  /** The longest string, in characters. */
  static final int MAX_STRING = 65_536;

  private static final int MAX_NAME = 256;
  private static final int MAX_NUMBER = 40;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(MAX_NUMBER)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Names that strangers choose must not fill a table that stays.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private JsonText() {}

  /**
   * Reads one value that is the whole text.
   *
   * @param text in UTF-8
   * @throws MalformedJsonException when it is not JSON, or goes beyond a bound
   */
  public static Json read(byte[] text) throws MalformedJsonException {
    String decoded;
    try {
      decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedJsonException("the text is not UTF-8");
    }
    return read(decoded);
  }

  /**
   * Reads one value that is the whole text.
   *
   * @throws MalformedJsonException when it is not JSON, or goes beyond a bound
   */
  public static Json read(String text) throws MalformedJsonException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new MalformedJsonException("there is nothing; expected a JSON value");
      }
      Json value = value(parser);
      if (parser.nextToken() != null) {
        throw new MalformedJsonException(
            place(
                    parser.currentTokenLocation().getLineNr(),
                    parser.currentTokenLocation().getColumnNr())
                + "something follows the value; remove it");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new MalformedJsonException(
          (e.getLocation() == null
                  ? ""
                  : place(e.getLocation().getLineNr(), e.getLocation().getColumnNr()))
              + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot be read", e);
    }
  }

  private static String place(int line, int column) {
    return "line " + line + ", column " + column + ": ";
  }

  /** The recursion is bounded by {@link #MAX_DEPTH}. */
  private static Json value(JsonParser parser) throws IOException, MalformedJsonException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> fields(parser);
      case START_ARRAY -> items(parser);
      case VALUE_STRING -> new Json.Text(parser.getText());
      case VALUE_NUMBER_INT -> new Json.Whole(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> new Json.Flag(true);
      case VALUE_FALSE -> new Json.Flag(false);
      case VALUE_NULL -> Json.Nothing.NULL;
      default -> throw new MalformedJsonException("found " + token + "; expected a JSON value");
    };
  }

  private static Json fields(JsonParser parser) throws IOException, MalformedJsonException {
    Map<String, Json> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return new Json.Fields(fields);
  }

  private static Json items(JsonParser parser) throws IOException, MalformedJsonException {
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new Json.Items(items);
  }

  private static Json decimal(JsonParser parser) throws IOException, MalformedJsonException {
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw new MalformedJsonException("the number " + parser.getText() + " is too large");
    }
    return new Json.Decimal(value);
  }

  /** The text of a value, on one line. */
  public static String write(Json value) {
    return write(value, false);
  }

  /** The text of a value, for people: one field on a line. */
  public static String pretty(Json value) {
    return write(value, true);
  }

  private static String write(Json value, boolean pretty) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      if (pretty) {
        generator.setPrettyPrinter(new DefaultPrettyPrinter());
      }
      write(value, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot be written", e);
    }
    return text.toString();
  }

  private static void write(Json value, JsonGenerator out) throws IOException {
    if (value instanceof Json.Text text) {
      out.writeString(text.value());
    } else if (value instanceof Json.Whole whole) {
      out.writeNumber(whole.value());
    } else if (value instanceof Json.Decimal decimal) {
      out.writeNumber(decimal.value());
    } else if (value instanceof Json.Flag flag) {
      out.writeBoolean(flag.value());
    } else if (value instanceof Json.Items items) {
      out.writeStartArray();
      for (Json item : items.values()) {
        write(item, out);
      }
      out.writeEndArray();
    } else if (value instanceof Json.Fields fields) {
      out.writeStartObject();
      for (Map.Entry<String, Json> field : fields.values().entrySet()) {
        out.writeFieldName(field.getKey());
        write(field.getValue(), out);
      }
      out.writeEndObject();
    } else {
      out.writeNull();
    }
  }
}
