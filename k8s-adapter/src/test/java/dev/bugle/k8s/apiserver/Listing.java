package dev.bugle.k8s.apiserver;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Lists, whole or in chunks. */
final class Listing {

  private final Store store;

  Listing(Store store) {
    this.store = store;
  }

  /** Chunks are of the time of their request: who is told of a list must watch from its version. */
  ObjectNode of(Target target, Query query) throws Refusal {
    Selection selection = Selection.of(target, query);
    long limit = query.number("limit", 0);
    String after = "";
    long revision;
    Map<String, ObjectNode> all;
    synchronized (store) {
      revision = store.revision();
      String token = query.text("continue");
      if (!token.isEmpty()) {
        String[] parts = decode(token).split(" ", 2);
        revision = Long.parseLong(parts[0]);
        after = parts[1];
        store.requireKnown(revision);
      } else if (query.number("resourceVersion", 0) > revision) {
        throw tooNew(query.number("resourceVersion", 0), revision);
      }
      all = store.after(target.kind(), after);
    }
    ObjectNode list = Objects.JSON.createObjectNode();
    list.put("kind", target.kind().singular() + "List")
        .put("apiVersion", target.kind().apiVersion());
    ObjectNode metadata =
        list.putObject("metadata").put("resourceVersion", Long.toString(revision));
    ArrayNode items = list.putArray("items");
    for (Map.Entry<String, ObjectNode> one : all.entrySet()) {
      if (!selection.has(one.getValue())) {
        continue;
      }
      if (limit > 0 && items.size() == limit) {
        metadata.put("continue", encode(revision + " " + after));
        break;
      }
      items.addRawValue(new RawValue(store.text(one.getValue())));
      after = one.getKey();
    }
    return list;
  }

  static Refusal tooNew(long wanted, long current) {
    return new Refusal(
        504, "Timeout", "Too large resource version: %d, current: %d".formatted(wanted, current));
  }

  private static String encode(String token) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(token.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String token) throws Refusal {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.matches("[0-9]{1,18} .+")) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // It is said below.
    }
    throw Refusal.badRequest("continue key is not valid");
  }
}
