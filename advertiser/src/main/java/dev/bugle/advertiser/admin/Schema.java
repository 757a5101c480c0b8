package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a JSON value looks like: it describes the value in OpenAPI (as JSON Schema), and checks it.
 * Immutable.
 */
public final class Schema {

  private interface Check {
    void run(Json value, String path, List<String> faults);
  }

  private final Json.Fields json;
  private final Check check;

  private Schema(Json.Fields json, Check check) {
    this.json = json;
    this.check = check;
  }

  /** A string. */
  public static Schema text(String description) {
    return new Schema(
        typed("string", description).build(),
        (value, path, faults) -> {
          if (value.text().isEmpty()) {
            faults.add(path + ": expected a string");
          }
        });
  }

  /** One of several words. */
  public static Schema oneOf(String description, List<String> words) {
    return new Schema(
        typed("string", description).put("enum", Json.list(words, Json::of)).build(),
        (value, path, faults) -> {
          if (value.text().filter(words::contains).isEmpty()) {
            faults.add(path + ": expected one of " + String.join(", ", words));
          }
        });
  }

  /** A whole number from {@code min} to {@code max}. */
  public static Schema whole(String description, long min, long max) {
    return new Schema(
        typed("integer", description).put("minimum", min).put("maximum", max).build(),
        (value, path, faults) -> {
          if (value.whole().filter(number -> number >= min && number <= max).isEmpty()) {
            faults.add(path + ": expected a whole number, " + min + " to " + max);
          }
        });
  }

  /** A number, with or without a fraction. */
  public static Schema number(String description) {
    return new Schema(
        typed("number", description).build(),
        (value, path, faults) -> {
          if (!(value instanceof Json.Whole) && !(value instanceof Json.Decimal)) {
            faults.add(path + ": expected a number");
          }
        });
  }

  /** True or false. */
  public static Schema flag(String description) {
    return new Schema(
        typed("boolean", description).build(),
        (value, path, faults) -> {
          if (value.flag().isEmpty()) {
            faults.add(path + ": expected true or false");
          }
        });
  }

  /** An array. */
  public static Schema listOf(String description, Schema item) {
    return new Schema(
        typed("array", description).put("items", item.json).build(),
        (value, path, faults) -> {
          if (!(value instanceof Json.Items)) {
            faults.add(path + ": expected an array");
          }
          int i = 0;
          for (Json one : value.items()) {
            item.check.run(one, path + "[" + i++ + "]", faults);
          }
        });
  }

  /** An object whose keys are data, such as names. */
  public static Schema mapOf(String description, Schema each) {
    return new Schema(
        typed("object", description).put("additionalProperties", each.json).build(),
        (value, path, faults) -> {
          if (value instanceof Json.Fields fields) {
            fields.values().forEach((k, v) -> each.check.run(v, path + "." + k, faults));
          } else {
            faults.add(path + ": expected an object");
          }
        });
  }

  /** Anything. */
  public static Schema anything(String description) {
    return new Schema(
        Json.object().put("description", description).build(), (value, path, faults) -> {});
  }

  /** An object with known keys; fields are added to what is returned. */
  public static Builder object(String description) {
    return new Builder(description);
  }

  private static Json.Builder typed(String type, String description) {
    return Json.object().put("type", type).put("description", description);
  }

  /** As JSON Schema. */
  public Json.Fields json() {
    return json;
  }

  /** What is wrong with a value, each with its place; empty if nothing is. */
  public List<String> faults(Json value) {
    List<String> faults = new ArrayList<>();
    check.run(value, "body", faults);
    return List.copyOf(faults);
  }

  /** An object in the making. */
  public static final class Builder {
    private final String description;
    private final Map<String, Schema> fields = new LinkedHashMap<>();
    private final Set<String> required = new TreeSet<>();

    private Builder(String description) {
      this.description = description;
    }

    /** A field that is always there. */
    public Builder field(String name, Schema schema) {
      required.add(name);
      return optional(name, schema);
    }

    /** A field that may be left out. */
    public Builder optional(String name, Schema schema) {
      fields.put(name, schema);
      return this;
    }

    /** The schema. */
    public Schema build() {
      Map<String, Schema> known = new LinkedHashMap<>(fields);
      Set<String> needed = new TreeSet<>(required);
      Json.Builder properties = Json.object();
      known.forEach((name, schema) -> properties.put(name, schema.json));
      Json.Builder json = typed("object", description).put("properties", properties.build());
      if (!needed.isEmpty()) {
        json.put("required", Json.list(needed, Json::of));
      }
      return new Schema(
          json.put("additionalProperties", false).build(),
          (value, path, faults) -> checkFields(value, path, faults, known, needed));
    }

    private static void checkFields(
        Json value,
        String path,
        List<String> faults,
        Map<String, Schema> known,
        Set<String> needed) {
      if (!(value instanceof Json.Fields object)) {
        faults.add(
            path + ": expected an object with the fields " + String.join(", ", known.keySet()));
        return;
      }
      object
          .values()
          .forEach(
              (name, field) -> {
                Schema schema = known.get(name);
                if (schema == null) {
                  faults.add(
                      path
                          + ": there is no such field; expected "
                          + String.join(", ", known.keySet()));
                } else {
                  schema.check.run(field, path + "." + name, faults);
                }
              });
      for (String name : needed) {
        if (!object.values().containsKey(name)) {
          faults.add(path + "." + name + ": this field is missing");
        }
      }
    }
  }
}
