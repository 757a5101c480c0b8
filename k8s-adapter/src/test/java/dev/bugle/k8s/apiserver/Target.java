package dev.bugle.k8s.apiserver;

import java.util.List;

/**
 * What the path of a request is about.
 *
 * @param kind of which kind
 * @param namespace in which namespace; empty for all of them, and where there are none
 * @param name which one; empty for all of them
 * @param part the subresource; empty for the object itself
 */
record Target(ResourceKind kind, String namespace, String name, String part) {

  static Target of(String path) throws Refusal {
    List<String> words = List.of(path.substring(1).split("/", -1));
    int at = words.get(0).equals("apis") ? 3 : 2;
    if (words.size() <= at || !(words.get(0).equals("apis") || words.get(0).equals("api"))) {
      throw unknown();
    }
    String group = at == 3 ? words.get(1) : "";
    String namespace = "";
    if (words.get(at).equals("namespaces") && words.size() > at + 2) {
      namespace = words.get(at + 1);
      at += 2;
    }
    ResourceKind kind =
        ResourceKind.find(group, words.get(group.isEmpty() ? 1 : 2), words.get(at))
            .orElseThrow(Target::unknown);
    if (words.size() > at + 3 || (!namespace.isEmpty() && !kind.isNamespaced())) {
      throw unknown();
    }
    String name = words.size() > at + 1 ? words.get(at + 1) : "";
    return new Target(kind, namespace, name, words.size() > at + 2 ? words.get(at + 2) : "");
  }

  private static Refusal unknown() {
    return new Refusal(404, "NotFound", "the server could not find the requested resource");
  }

  boolean isOne() {
    return !name.isEmpty();
  }

  /** As roles name it. */
  String resource() {
    return part.isEmpty() ? kind.plural() : kind.plural() + "/" + part;
  }
}
