package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.json.Json;

/** What a request is answered with. */
public sealed interface Answer {

  /** The media type of a refusal. */
  String PROBLEM_JSON = "application/problem+json";

  /**
   * Text that ends.
   *
   * @param status the HTTP status
   * @param contentType the media type
   * @param text the whole of it
   */
  record Text(int status, String contentType, String text) implements Answer {}

  /** Server-sent events, until the client leaves or the server ends. */
  record Events(EventStream stream) implements Answer {}

  /** JSON, with status 200. */
  static Answer json(Json json) {
    return json(200, json);
  }

  /** JSON with another status, such as 202. */
  static Answer json(int status, Json json) {
    return new Text(status, "application/json", json + "\n");
  }

  /** The events of a stream, beginning with its snapshot. */
  static Answer events(EventStream stream) {
    return new Events(stream);
  }

  /** A refusal. */
  static Answer problem(Problem problem) {
    return new Text(problem.status(), PROBLEM_JSON, problem.json() + "\n");
  }
}
