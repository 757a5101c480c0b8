package dev.bugle.advertiser.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The description says what is served, no more and no less. */
class OpenApiTest {

  private final Sample sample = new Sample();

  private Json described() throws IOException {
    try (AdminServer server = sample.open()) {
      return Client.ask(server, "GET " + OpenApi.PATH).json();
    }
  }

  private static Json at(Json json, String... path) {
    Json found = json;
    for (String step : path) {
      found = found.find(step).orElseThrow(() -> new AssertionError(step + " in " + json));
    }
    return found;
  }

  @Test
  void eachRouteIsDescribedAndNothingElse() throws IOException {
    Set<String> served = new HashSet<>();
    for (Route route : StandardRoutes.with(sample.content())) {
      served.add(route.method().name().toLowerCase(Locale.ROOT) + " " + route.path());
    }
    Set<String> described = new HashSet<>();
    ((Json.Fields) at(described(), "paths"))
        .values()
        .forEach(
            (path, operations) ->
                ((Json.Fields) operations)
                    .values()
                    .keySet()
                    .forEach(method -> described.add(method + " " + path)));
    assertThat(described).isEqualTo(served).contains("get /livez", "get /v1/openapi.json");
  }

  @Test
  void operationsHaveNamesOfTheirOwn() throws IOException {
    List<String> ids = new ArrayList<>();
    for (Json operations : ((Json.Fields) at(described(), "paths")).values().values()) {
      for (Json operation : ((Json.Fields) operations).values().values()) {
        ids.add(at(operation, "operationId").text().orElseThrow());
      }
    }
    assertThat(ids).doesNotHaveDuplicates().contains("postV1VipsPrefixDrain");
  }

  @Test
  void aCommandHasItsParametersItsBodyAndItsAnswers() throws IOException {
    Json drain = at(described(), "paths", "/v1/vips/{prefix}/drain", "post");
    Json parameter = at(drain, "parameters").items().get(0);
    assertThat(at(parameter, "in")).isEqualTo(Json.of("path"));
    assertThat(at(parameter, "required")).isEqualTo(Json.of(true));
    assertThat(at(drain, "requestBody", "content", "application/json", "schema"))
        .isEqualTo(Sample.DRAIN.json());
    assertThat(at(drain, "responses", "2XX", "content", "application/json", "schema"))
        .isEqualTo(Sample.VIP.json());
    assertThat(at(drain, "responses", "default", "content", "application/problem+json", "schema"))
        .isEqualTo(Json.object().put("$ref", "#/components/schemas/Problem").build());
  }

  @Test
  void probesAreDescribedAsOpen() throws IOException {
    assertThat(at(described(), "paths", "/livez", "get", "security").items()).isEmpty();
    assertThat(at(described(), "paths", "/metrics", "get", "security").items()).isNotEmpty();
  }

  @Test
  void aRouteThatContradictsItselfCannotBeDeclared() {
    assertThatThrownBy(() -> Route.get("/v1/{a}", "It.").repliedBy(request -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/v1/{a}");
    assertThatThrownBy(() -> Route.get("v1", "It.").repliedBy(request -> null))
        .isInstanceOf(IllegalArgumentException.class);
    Route route = Route.get("/v1/a", "It.").repliedBy(request -> null);
    assertThatThrownBy(() -> new RouteTable(List.of(route, route)))
        .hasMessage("GET /v1/a is declared twice");
  }

  @Test
  void schemasDescribeAndCheckTheSame() {
    Schema schema =
        Schema.object("All.")
            .field("words", Schema.listOf("Words.", Schema.oneOf("A word.", List.of("a", "b"))))
            .optional("map", Schema.mapOf("Numbers.", Schema.number("A number.")))
            .optional("flag", Schema.flag("Whether."))
            .build();
    Json good =
        Json.object()
            .put("words", Json.list(List.of("a", "b"), Json::of))
            .put("map", Json.object().put("x", Json.of(1.5)).put("y", 2).build())
            .put("flag", Optional.of(true), Json::of)
            .build();
    assertThat(schema.faults(good)).isEmpty();
    Json bad =
        Json.object()
            .put("words", Json.list(List.of("a", "c"), Json::of))
            .put("map", Json.object().put("x", "1").build())
            .put("flag", Json.Nothing.NULL)
            .build();
    assertThat(schema.faults(bad))
        .containsExactly(
            "body.words[1]: expected one of a, b",
            "body.map.x: expected a number",
            "body.flag: expected true or false");
  }
}
