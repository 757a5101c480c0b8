package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The OpenAPI 3.1 description of routes. */
final class OpenApi {

  static final String PATH = "/v1/openapi.json";

  private OpenApi() {}

  static Json describe(List<Route> routes, String version) {
    Map<String, Json.Builder> paths = new LinkedHashMap<>();
    for (Route route : routes) {
      paths
          .computeIfAbsent(route.path(), path -> Json.object())
          .put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
    }
    Json.Builder described = Json.object();
    paths.forEach((path, operations) -> described.put(path, operations.build()));
    return Json.object()
        .put("openapi", "3.1.0")
        .put(
            "info",
            Json.object()
                .put("title", "Bugle admin API")
                .put("version", version)
                .put(
                    "description",
                    "What the advertiser is doing, and commands to it. A token is asked for over"
                        + " TCP if the configuration has admin.token-file.")
                .put("license", Json.object().put("name", "Apache-2.0").build())
                .build())
        .put("paths", described.build())
        .put(
            "components",
            Json.object()
                .put("schemas", Json.object().put("Problem", Problem.SCHEMA.json()).build())
                .put(
                    "securitySchemes",
                    Json.object()
                        .put(
                            "token",
                            Json.object().put("type", "http").put("scheme", "bearer").build())
                        .build())
                .build())
        .build();
  }

  private static Json operation(Route route) {
    Json.Builder operation =
        Json.object().put("summary", route.summary()).put("operationId", id(route));
    if (!route.parameters().isEmpty()) {
      operation.put("parameters", Json.list(route.parameters(), OpenApi::parameter));
    }
    route
        .body()
        .ifPresent(
            schema ->
                operation.put(
                    "requestBody",
                    Json.object()
                        .put("required", true)
                        .put("content", content("application/json", schema.json()))
                        .build()));
    Json problem = Json.object().put("$ref", "#/components/schemas/Problem").build();
    Json schema =
        route
            .answer()
            .schema()
            .<Json>map(Schema::json)
            .orElseGet(() -> Json.object().put("type", "string").build());
    return operation
        .put(
            "responses",
            Json.object()
                .put(
                    "2XX",
                    Json.object()
                        .put("description", route.answer().description())
                        .put("content", content(route.answer().mediaType(), schema))
                        .build())
                .put(
                    "default",
                    Json.object()
                        .put("description", "A refusal, which says what to do.")
                        .put("content", content("application/problem+json", problem))
                        .build())
                .build())
        .put("security", route.open() ? Json.list(List.of()) : tokenOrNone())
        .build();
  }

  /** The empty requirement says that it is for the configuration to decide. */
  private static Json tokenOrNone() {
    return Json.list(
        List.of(Json.object().put("token", Json.list(List.of())).build(), Json.object().build()));
  }

  private static String id(Route route) {
    StringBuilder id = new StringBuilder(route.method().name().toLowerCase(Locale.ROOT));
    for (String word : route.path().split("[^a-z0-9]+", -1)) {
      if (!word.isEmpty()) {
        id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return id.toString();
  }

  private static Json parameter(Parameter parameter) {
    boolean query = parameter.kind() == Parameter.Kind.QUERY;
    return Json.object()
        .put("name", parameter.name())
        .put("in", query ? "query" : "path")
        .put("required", !query)
        .put(
            "description",
            parameter.description()
                + (parameter.kind() == Parameter.Kind.PREFIX
                    ? " Its slash may be written as it is, or as %2F."
                    : ""))
        .put("schema", Json.object().put("type", "string").build())
        .put("example", parameter.example())
        .build();
  }

  private static Json content(String mediaType, Json schema) {
    return Json.object().put(mediaType, Json.object().put("schema", schema).build()).build();
  }
}
