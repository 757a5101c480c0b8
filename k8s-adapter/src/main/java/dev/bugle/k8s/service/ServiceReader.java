package dev.bugle.k8s.service;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bugle.k8s.service.Service.Identity;
import dev.bugle.k8s.service.Service.Status;
import dev.bugle.k8s.service.Service.Wish;
import dev.bugle.k8s.service.ServicesConfig.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads Services; those that are not selected leave nothing behind. */
record ServiceReader(Selection selection) implements ObjectReader<Service> {

  /** The longest value of an annotation that is kept, in characters. */
  static final int LONGEST_VALUE = 4096;

  private static final int MOST_ANNOTATIONS = 32;
  private static final int LONGEST_NAME = 253;
  private static final int MOST_ADDRESSES = 64;

  @Override
  public Seen<Service> read(JsonParser in) throws IOException {
    return new Reading().all(in);
  }

  /** One object, while it is read. */
  private final class Reading {
    private String namespace = "";
    private String name = "";
    private String uid = "";
    private String version = "";
    private String created = "";
    private boolean ends;
    private boolean balances;
    private boolean isLocal;
    private Optional<String> itsClass = Optional.empty();
    private Optional<String> loadBalancerIp = Optional.empty();
    private final Map<String, String> annotations = new HashMap<>();
    private final Set<String> tooLong = new HashSet<>();
    private final List<String> addresses = new ArrayList<>();
    private Optional<Condition> condition = Optional.empty();

    Seen<Service> all(JsonParser in) throws IOException {
      JsonFields.each(
          in,
          (field, at) -> {
            switch (field) {
              case "metadata" -> JsonFields.each(at, this::metadata);
              case "spec" -> JsonFields.each(at, this::spec);
              case "status" -> JsonFields.each(at, this::status);
              default -> {}
            }
          });
      ObjectKey key = new ObjectKey(namespace, name);
      boolean isOurs = balances && !ends && selection.has(itsClass);
      return new Seen<>(key, version, isOurs ? Optional.of(service(key)) : Optional.empty());
    }

    private Service service(ObjectKey key) {
      return new Service(
          key,
          new Identity(uid, version, created),
          new Wish(isLocal, loadBalancerIp, annotations, tooLong),
          new Status(addresses, condition));
    }

    private void metadata(String field, JsonParser at) throws IOException {
      switch (field) {
        case "namespace" -> namespace = JsonFields.word(at);
        case "name" -> name = JsonFields.word(at);
        case "uid" -> uid = JsonFields.word(at);
        case "resourceVersion" -> version = JsonFields.word(at);
        case "creationTimestamp" -> created = JsonFields.word(at);
        case "deletionTimestamp" -> ends = at.currentToken() != JsonToken.VALUE_NULL;
        case "annotations" -> JsonFields.each(at, this::annotation);
        default -> {}
      }
    }

    private void annotation(String field, JsonParser at) throws IOException {
      if (!field.startsWith(Annotation.PREFIX)
          || field.length() > LONGEST_NAME
          || annotations.size() + tooLong.size() >= MOST_ANNOTATIONS) {
        return;
      }
      String key = field.substring(Annotation.PREFIX.length());
      Optional<String> value = JsonFields.text(at, LONGEST_VALUE);
      value.ifPresentOrElse(text -> annotations.put(key, text), () -> tooLong.add(key));
    }

    private void spec(String field, JsonParser at) throws IOException {
      switch (field) {
        case "type" -> balances = JsonFields.word(at).equals("LoadBalancer");
        case "loadBalancerClass" -> itsClass = JsonFields.text(at, LONGEST_NAME * 2);
        case "loadBalancerIP" ->
            loadBalancerIp = JsonFields.text(at, LONGEST_VALUE).filter(text -> !text.isBlank());
        case "externalTrafficPolicy" -> isLocal = JsonFields.word(at).equals("Local");
        default -> {}
      }
    }

    private void status(String field, JsonParser at) throws IOException {
      switch (field) {
        case "loadBalancer" ->
            JsonFields.each(
                at,
                (inner, list) -> {
                  if (inner.equals("ingress")) {
                    JsonFields.items(list, (none, item) -> JsonFields.each(item, this::ingress));
                  }
                });
        case "conditions" -> JsonFields.items(at, (none, item) -> condition(item));
        default -> {}
      }
    }

    private void ingress(String field, JsonParser at) throws IOException {
      if (field.equals("ip") && addresses.size() < MOST_ADDRESSES) {
        addresses.add(JsonFields.word(at));
      }
    }

    private void condition(JsonParser item) throws IOException {
      Map<String, String> found = new HashMap<>();
      JsonFields.each(
          item,
          (field, at) -> {
            if (Set.of("type", "status", "reason", "message").contains(field)) {
              found.put(field, JsonFields.text(at, LONGEST_VALUE).orElse(""));
            }
          });
      if (Condition.TYPE.equals(found.get("type"))) {
        condition =
            Optional.of(
                new Condition(
                    "True".equals(found.get("status")),
                    found.getOrDefault("reason", ""),
                    found.getOrDefault("message", "")));
      }
    }
  }
}
