package dev.bugle.k8s.apiserver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which objects of a kind a list or a watch is about.
 *
 * @param namespace empty for all
 * @param conditions of labels and fields; all must hold
 */
record Selection(String namespace, List<Predicate<JsonNode>> conditions) {

  private static final Pattern SET = Pattern.compile("(\\S+) (in|notin) \\(([^)]*)\\)");
  private static final Pattern EQUALITY = Pattern.compile("([^!=\\s]+)\\s*(=|==|!=)\\s*(\\S*)");
  private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

  static Selection of(Target target, Query query) throws Refusal {
    List<Predicate<JsonNode>> conditions = new ArrayList<>();
    for (String part : parts(query.text("labelSelector"))) {
      conditions.add(label(part));
    }
    for (String part : parts(query.text("fieldSelector"))) {
      conditions.add(field(part));
    }
    if (target.isOne()) {
      conditions.add(object -> text(object, "metadata", "name").equals(target.name()));
    }
    return new Selection(target.namespace(), List.copyOf(conditions));
  }

  boolean has(ObjectNode object) {
    return (namespace.isEmpty() || text(object, "metadata", "namespace").equals(namespace))
        && conditions.stream().allMatch(condition -> condition.test(object));
  }

  private static List<String> parts(String selector) {
    return selector.isBlank()
        ? List.of()
        : COMMA.splitAsStream(selector).map(String::strip).toList();
  }

  private static Predicate<JsonNode> label(String part) throws Refusal {
    Matcher set = SET.matcher(part);
    if (set.matches()) {
      List<String> values = Arrays.stream(set.group(3).split(",", -1)).map(String::strip).toList();
      boolean in = set.group(2).equals("in");
      return object -> in == values.contains(labels(object).path(set.group(1)).asString("\0"));
    }
    Matcher equality = EQUALITY.matcher(part);
    if (equality.matches()) {
      boolean equal = !equality.group(2).equals("!=");
      return object ->
          equal == labels(object).path(equality.group(1)).asString("\0").equals(equality.group(3));
    }
    if (part.matches("!?[\\w./-]+")) {
      boolean there = !part.startsWith("!");
      String name = there ? part : part.substring(1);
      return object -> there == labels(object).has(name);
    }
    throw Refusal.badRequest("unable to parse requirement: " + part);
  }

  private static Predicate<JsonNode> field(String part) throws Refusal {
    Matcher equality = EQUALITY.matcher(part);
    if (!equality.matches() || !equality.group(1).matches("metadata\\.(name|namespace)")) {
      throw Refusal.badRequest("field label not supported: " + part);
    }
    String field = equality.group(1).substring("metadata.".length());
    boolean equal = !equality.group(2).equals("!=");
    return object -> equal == text(object, "metadata", field).equals(equality.group(3));
  }

  private static JsonNode labels(JsonNode object) {
    return object.path("metadata").path("labels");
  }

  static String text(JsonNode object, String... path) {
    JsonNode at = object;
    for (String name : path) {
      at = at.path(name);
    }
    return at.asString("");
  }
}
