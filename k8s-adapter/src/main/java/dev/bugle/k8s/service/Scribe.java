package dev.bugle.k8s.service;

import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.JsonText;
import dev.bugle.advertiser.json.MalformedJsonException;
import dev.bugle.k8s.api.ApiConnection;
import dev.bugle.k8s.api.ApiFailure;
import dev.bugle.k8s.api.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Writes to the API server what there is to say of a Service, one request after the other. */
final class Scribe {

  /** What became of it. */
  enum Result {
    /** It is written, or need not be. */
    DONE,
    /** The object is another one by now; what becomes of that one will be heard. */
    OVERTAKEN,
    /** Not this one, not as it is. */
    REFUSED,
    /** Not now. */
    FAILED
  }

  /**
   * What became of it, and why.
   *
   * @param reason for people; empty text when all is well
   * @param retryAfter how long the server wants to be left alone, if it says so
   */
  record Answer(Result result, String reason, Optional<Duration> retryAfter) {
    static final Answer DONE = new Answer(Result.DONE, "", Optional.empty());
  }

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LONGEST_NOTE = 1000;
  private static final int LONGEST_MESSAGE = 200;
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final ApiConnection api;
  private final String node;
  private final Clock wall;

  Scribe(ApiConnection api, String node, Clock wall) {
    this.api = api;
    this.node = node;
    this.wall = wall;
  }

  /** Makes its status say what it should. */
  Answer status(Outcome outcome) {
    Optional<String> patch = StatusPatch.of(outcome, Instant.now(wall));
    if (patch.isEmpty()) {
      return Answer.DONE;
    }
    ObjectKey key = outcome.service().key();
    String path = "/api/v1/namespaces/" + key.namespace() + "/services/" + key.name() + "/status";
    try {
      return answer("patch of services/status", api.merge(path, patch.get(), PATIENCE));
    } catch (ApiFailure e) {
      return new Answer(Result.FAILED, e.reason(), Optional.empty());
    }
  }

  /** Makes an Event of a complaint. */
  Answer event(Service service, Complaint complaint) {
    String path = "/apis/events.k8s.io/v1/namespaces/" + service.key().namespace() + "/events";
    try {
      String json = JsonText.write(event(service, complaint, Instant.now(wall)));
      return answer("create of events", api.create(path, json, PATIENCE));
    } catch (ApiFailure e) {
      return new Answer(Result.FAILED, e.reason(), Optional.empty());
    }
  }

  private Json event(Service service, Complaint complaint, Instant now) {
    ObjectKey key = service.key();
    return Json.object()
        .put("apiVersion", "events.k8s.io/v1")
        .put("kind", "Event")
        .put(
            "metadata",
            Json.object()
                .put("generateName", key.name() + ".")
                .put("namespace", key.namespace())
                .build())
        .put("eventTime", MICRO_TIME.format(now))
        .put("reportingController", "bugle.dev/services")
        .put("reportingInstance", node.substring(0, Math.min(128, node.length())))
        .put("action", "Announcing")
        .put("reason", complaint.reason())
        .put("type", "Warning")
        .put(
            "regarding",
            Json.object()
                .put("apiVersion", "v1")
                .put("kind", "Service")
                .put("namespace", key.namespace())
                .put("name", key.name())
                .put("uid", service.identity().uid())
                .put("resourceVersion", service.identity().version())
                .build())
        .put("note", note(complaint.message()))
        .build();
  }

  /** A note has room for 1 KiB. */
  private static String note(String message) {
    String note = message;
    while (note.getBytes(StandardCharsets.UTF_8).length > LONGEST_NOTE) {
      note = note.substring(0, Math.min(note.length() - 1, LONGEST_NOTE));
    }
    return note;
  }

  private static Answer answer(String right, ApiResponse response) {
    if (response.isSuccess()) {
      return Answer.DONE;
    }
    int code = response.code();
    return switch (code) {
      case 404, 409, 410 -> new Answer(Result.OVERTAKEN, "", Optional.empty());
      case 401 ->
          new Answer(
              Result.FAILED, "the API server does not know this process (401)", Optional.empty());
      case 403 -> forbidden(right, response);
      case 429 ->
          new Answer(Result.FAILED, "the API server is overloaded (429)", response.retryAfter());
      default ->
          new Answer(
              code >= 500 ? Result.FAILED : Result.REFUSED,
              "the API server failed with status " + code + said(response),
              response.retryAfter());
    };
  }

  /**
   * Either this process may do it to no Service, until a role allows it; or it may not be done to
   * this one: its namespace is being deleted, say, or has a quota. Then others must not wait for
   * it.
   */
  private static Answer forbidden(String right, ApiResponse response) {
    String said = said(response);
    boolean isOfThisOne = !said.isEmpty() && !said.contains(" cannot ");
    return isOfThisOne
        ? new Answer(
            Result.REFUSED, "the API server forbids it (403)" + said, response.retryAfter())
        : new Answer(
            Result.FAILED,
            "the API server forbids it (403): a role must allow the " + right,
            response.retryAfter());
  }

  /** What the server says of it, in one line, for the end of a message; nothing if it is silent. */
  private static String said(ApiResponse response) {
    try {
      return JsonText.read(response.body())
          .find("message")
          .flatMap(Json::text)
          .map(text -> text.replaceAll("\\p{Cntrl}+", " ").strip())
          .filter(text -> !text.isEmpty())
          .map(text -> ": " + text.substring(0, Math.min(LONGEST_MESSAGE, text.length())))
          .orElse("");
    } catch (MalformedJsonException e) {
      return ""; // A proxy in between has answered with a page of its own.
    }
  }
}
