package dev.bugle.k8s.service;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads EndpointSlices, and keeps of each where its endpoints are.
 *
 * @param node the name of this node
 */
record SliceReader(String node) implements ObjectReader<Slice> {

  private static final String SERVICE_LABEL = "kubernetes.io/service-name";

  @Override
  public Seen<Slice> read(JsonParser in) throws IOException {
    return new Reading().all(in);
  }

  /** One object, while it is read. */
  private final class Reading {
    private String namespace = "";
    private String name = "";
    private String version = "";
    private String service = "";
    private Optional<Family> family = Optional.empty();
    private Presence presence = Presence.NONE;

    Seen<Slice> all(JsonParser in) throws IOException {
      JsonFields.each(
          in,
          (field, at) -> {
            switch (field) {
              case "metadata" -> JsonFields.each(at, this::metadata);
              case "addressType" -> family = Family.of(JsonFields.word(at));
              case "endpoints" ->
                  JsonFields.items(
                      at, (none, item) -> presence = presence.and(new Endpoint().read(item)));
              default -> {}
            }
          });
      ObjectKey owner = new ObjectKey(namespace, service);
      return new Seen<>(
          new ObjectKey(namespace, name),
          version,
          family.filter(is -> !service.isEmpty()).map(is -> new Slice(owner, is, presence)));
    }

    private void metadata(String field, JsonParser at) throws IOException {
      switch (field) {
        case "namespace" -> namespace = JsonFields.word(at);
        case "name" -> name = JsonFields.word(at);
        case "resourceVersion" -> version = JsonFields.word(at);
        case "labels" ->
            JsonFields.each(
                at,
                (label, value) -> {
                  if (label.equals(SERVICE_LABEL)) {
                    service = JsonFields.word(value);
                  }
                });
        default -> {}
      }
    }
  }

  /** One endpoint, while it is read. What is not said counts as the API says it does. */
  private final class Endpoint {
    private boolean ready = true;
    private Optional<Boolean> serving = Optional.empty();
    private boolean terminating;
    private boolean isHere;

    Presence read(JsonParser in) throws IOException {
      JsonFields.each(
          in,
          (field, at) -> {
            switch (field) {
              case "nodeName" -> isHere = JsonFields.word(at).equals(node);
              case "conditions" -> JsonFields.each(at, this::condition);
              default -> {}
            }
          });
      boolean leaves = terminating && !ready && serving.orElse(ready);
      return new Presence(ready && isHere, ready && !isHere, leaves && isHere, leaves && !isHere);
    }

    private void condition(String field, JsonParser at) {
      switch (field) {
        case "ready" -> ready = JsonFields.flag(at, true);
        case "serving" -> serving = Optional.of(JsonFields.flag(at, ready));
        case "terminating" -> terminating = JsonFields.flag(at, false);
        default -> {}
      }
    }
  }
}
