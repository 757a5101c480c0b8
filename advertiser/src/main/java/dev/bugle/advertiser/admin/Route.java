package dev.bugle.advertiser.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One thing that can be asked or commanded, declared once: it is served and documented from this.
 *
 * @param method GET asks and changes nothing (HEAD comes with it); POST, PUT and DELETE command
 * @param path the template, such as {@code /v1/vips/{prefix}/drain}
 * @param summary what it does, as a sentence
 * @param parameters all of them, those of the path in their order
 * @param body what must be sent as JSON; empty if nothing may be sent
 * @param answer what comes back
 * @param open whether it is answered without a token; then it must tell nothing
 * @param handler what is called
 */
public record Route(
    Method method,
    String path,
    String summary,
    List<Parameter> parameters,
    Optional<Schema> body,
    Content answer,
    boolean open,
    Handler handler) {

  /** What a route does to the state. */
  public enum Method {
    /** Asks. */
    GET,
    /** Commands. */
    POST,
    /** Sets. */
    PUT,
    /** Takes away. */
    DELETE
  }

  /**
   * What comes back when all is well.
   *
   * @param mediaType such as {@code application/json}
   * @param description as a sentence
   * @param schema of JSON, or of the data of each event; empty for text
   */
  public record Content(String mediaType, String description, Optional<Schema> schema) {}

  /** Copies the list, and checks that template and parameters agree. */
  public Route {
    parameters = List.copyOf(parameters);
    List<String> declared =
        parameters.stream()
            .filter(parameter -> parameter.kind() != Parameter.Kind.QUERY)
            .map(Parameter::name)
            .toList();
    if (!PathTemplate.parse(path).names().equals(declared)) {
      throw new IllegalArgumentException(
          path + " has other parameters than those declared, " + declared);
    }
  }

  /** What its answer is computed with, at once. */
  @FunctionalInterface
  public interface Reply {
    /**
     * Answers at once.
     *
     * @throws Problem when it refuses the request
     */
    Answer to(Request request) throws Problem;
  }

  /** Declares what is asked. */
  public static Builder get(String path, String summary) {
    return new Builder(Method.GET, path, summary);
  }

  /** Declares what is commanded. */
  public static Builder post(String path, String summary) {
    return new Builder(Method.POST, path, summary);
  }

  /** Declares what is set. */
  public static Builder put(String path, String summary) {
    return new Builder(Method.PUT, path, summary);
  }

  /** Declares what is taken away. */
  public static Builder delete(String path, String summary) {
    return new Builder(Method.DELETE, path, summary);
  }

  /** A route in the making. */
  public static final class Builder {
    private final Method method;
    private final String path;
    private final String summary;
    private final List<Parameter> parameters = new ArrayList<>();
    private Optional<Schema> body = Optional.empty();
    private Content answer = new Content("text/plain; charset=utf-8", "Text.", Optional.empty());
    private boolean open;

    private Builder(Method method, String path, String summary) {
      this.method = method;
      this.path = path;
      this.summary = summary;
    }

    /** Declares a parameter. */
    public Builder parameter(Parameter parameter) {
      parameters.add(parameter);
      return this;
    }

    /** The body that must be sent. */
    public Builder body(Schema schema) {
      body = Optional.of(schema);
      return this;
    }

    /** The answer is JSON. */
    public Builder answersJson(String description, Schema schema) {
      answer = new Content("application/json", description, Optional.of(schema));
      return this;
    }

    /** The answer is text of that media type. */
    public Builder answersText(String mediaType, String description) {
      answer = new Content(mediaType, description, Optional.empty());
      return this;
    }

    /** The answer is a stream of events; each has data of that form. */
    public Builder answersEvents(String description, Schema data) {
      answer = new Content("text/event-stream", description, Optional.of(data));
      return this;
    }

    /** No token is asked for. */
    Builder open() {
      open = true;
      return this;
    }

    /** Completes it with a handler that answers later. */
    public Route handledBy(Handler handler) {
      return new Route(method, path, summary, parameters, body, answer, open, handler);
    }

    /** Completes it with a handler that answers at once. */
    public Route repliedBy(Reply reply) {
      return handledBy(
          request -> {
            CompletionStage<Answer> done = CompletableFuture.completedFuture(reply.to(request));
            return done;
          });
    }
  }
}
