package dev.bugle.advertiser.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The path of a route, with places for parameters: {@code /v1/vips/{prefix}/drain}. */
record PathTemplate(List<String> parts) {

  static PathTemplate parse(String text) {
    if (!text.matches("(/([a-z0-9.-]+|\\{[a-z]+}))+")) {
      throw new IllegalArgumentException(
          "found " + text + "; expected a path such as /v1/vips/{prefix}/drain");
    }
    return new PathTemplate(List.of(text.substring(1).split("/", -1)));
  }

  /** The names of the parameters in order. */
  List<String> names() {
    return parts.stream().filter(PathTemplate::isName).map(PathTemplate::name).toList();
  }

  /** What the parameters are in that path; empty if it does not fit. */
  Optional<Map<String, String>> match(List<String> segments, List<Parameter> parameters) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> rest = new ArrayList<>(segments);
    for (String part : parts) {
      if (rest.isEmpty()) {
        return Optional.empty();
      }
      String segment = rest.remove(0);
      if (isName(part)) {
        boolean prefix = isPrefix(name(part), parameters);
        boolean whole = segment.indexOf('/') < 0;
        if (prefix && whole && !rest.isEmpty() && rest.get(0).matches("[0-9]{1,3}")) {
          segment = segment + "/" + rest.remove(0);
        }
        if (!prefix && segment.indexOf('/') >= 0) {
          return Optional.empty();
        }
        values.put(name(part), segment);
      } else if (!part.equals(segment)) {
        return Optional.empty();
      }
    }
    return rest.isEmpty() ? Optional.of(values) : Optional.empty();
  }

  private static boolean isPrefix(String name, List<Parameter> parameters) {
    return parameters.stream()
        .anyMatch(p -> p.name().equals(name) && p.kind() == Parameter.Kind.PREFIX);
  }

  private static boolean isName(String part) {
    return part.startsWith("{");
  }

  private static String name(String part) {
    return part.substring(1, part.length() - 1);
  }
}
