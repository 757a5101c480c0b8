package dev.bugle.k8s.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The server of the tests answers as kube-apiserver does, where tests rely on it. */
@Timeout(60)
class ApiServerTest {

  private static final String LEASES = ResourceKind.LEASE.path("default");
  private static final String SERVICES = ResourceKind.SERVICE.path("default");
  private static final String MERGE = "application/merge-patch+json";

  private static final String SERVICE =
      """
      {"apiVersion":"v1","kind":"Service","metadata":{"name":"%s","labels":{"tier":"%s"}},
       "spec":{"type":"LoadBalancer"},"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.9"}]}}}\
      """;

  private final ApiServer server = ApiServer.open();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private String token = server.adminToken();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpRequest request(String method, String path, String type, String body) {
    return HttpRequest.newBuilder(server.uri().resolve(path))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", type)
        .timeout(Duration.ofSeconds(20))
        .method(method, BodyPublishers.ofString(body))
        .build();
  }

  private JsonNode send(String method, String path, String type, String body) {
    try {
      HttpResponse<String> answer =
          client.send(request(method, path, type, body), BodyHandlers.ofString());
      JsonNode json = Objects.JSON.readTree(answer.body());
      boolean isFailure = json.path("status").asString("").equals("Failure");
      assertThat(isFailure ? json.path("code").asInt() : answer.statusCode())
          .isEqualTo(answer.statusCode());
      return json;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + path, e);
    }
  }

  private JsonNode send(String method, String path, String body) {
    return send(method, path, "application/json", body);
  }

  private JsonNode get(String path) {
    return send("GET", path, "");
  }

  private static String lease(String holder, String more, String time) {
    return """
    {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"vip"%s},
     "spec":{"holderIdentity":"%s","leaseDurationSeconds":15,"renewTime":"%s"}}\
    """
        .formatted(more, holder, time);
  }

  private static String lease(String holder, String more) {
    return lease(holder, more, "2026-11-25T10:00:00.000001Z");
  }

  private static String version(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asString();
  }

  /** Events of a watch, until it ends. */
  private List<JsonNode> watch(String path) {
    return watch(path, () -> {});
  }

  private List<JsonNode> watch(String path, Runnable meanwhile) {
    return watch(path, meanwhile, event -> false);
  }

  /** Events of a watch, until that one or until it ends. */
  private List<JsonNode> watch(String path, Runnable meanwhile, Predicate<JsonNode> isLast) {
    try {
      HttpResponse<java.io.InputStream> answer =
          client.send(request("GET", path, "", ""), BodyHandlers.ofInputStream());
      meanwhile.run();
      List<JsonNode> events = new ArrayList<>();
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          events.add(Objects.JSON.readTree(line));
          if (isLast.test(events.get(events.size() - 1))) {
            return events;
          }
        }
      }
      return events;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("watching " + path, e);
    }
  }

  private static List<String> told(List<JsonNode> events) {
    return events.stream()
        .map(
            event ->
                event.path("type").asString()
                    + " "
                    + event.path("object").path("metadata").path("name").asString(""))
        .toList();
  }

  @Test
  void ofTwoUpdatesOfOneVersionOneConflicts() {
    JsonNode made = send("POST", LEASES, lease("a", ""));
    String version = ",\"resourceVersion\":\"" + version(made) + "\"";
    assertThat(send("POST", LEASES, lease("b", "")).path("reason").asString())
        .isEqualTo("AlreadyExists");
    JsonNode changed = send("PUT", LEASES + "/vip", lease("b", version));
    assertThat(version(changed)).isNotEqualTo(version(made));

    JsonNode refused = send("PUT", LEASES + "/vip", lease("c", version));

    assertThat(refused.path("code").asInt()).isEqualTo(409);
    assertThat(refused.path("message").asString()).contains("the object has been modified");
    assertThat(send("PUT", LEASES + "/vip", lease("c", "")).path("code").asInt())
        .as("a Lease is not replaced whatever it is")
        .isEqualTo(422);
    assertThat(get(LEASES + "/vip").path("spec").path("holderIdentity").asString()).isEqualTo("b");
  }

  @Test
  void whatChangesNothingIsNoNewVersion() {
    JsonNode made = send("POST", LEASES, lease("a", ""));
    String version = ",\"resourceVersion\":\"" + version(made) + "\"";
    JsonNode same = send("PUT", LEASES + "/vip", lease("a", version));
    assertThat(version(same)).isEqualTo(version(made));
  }

  @Test
  void anObjectThatIsNoneOrNowhereIsRefused() {
    assertThat(send("POST", LEASES, lease("a", "", "2026-11-25T10:00:00Z")).path("code").asInt())
        .as("without microseconds")
        .isEqualTo(400);
    assertThat(send("POST", LEASES, "{").path("code").asInt()).isEqualTo(400);
    assertThat(send("POST", SERVICES, lease("a", "")).path("code").asInt()).isEqualTo(400);
    assertThat(
            send("POST", ResourceKind.LEASE.path("nowhere"), lease("a", ""))
                .path("message")
                .asString())
        .isEqualTo("namespaces \"nowhere\" not found");
    assertThat(get("/apis/apps/v1/deployments").path("code").asInt()).isEqualTo(404);
  }

  @Test
  void theStatusIsWrittenByItself() {
    send("POST", SERVICES, SERVICE.formatted("web", "a"));
    assertThat(get(SERVICES + "/web").path("status").path("loadBalancer").isEmpty()).isTrue();
    String both =
        """
        {"spec":{"type":"ClusterIP"},"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.%d"}]}}}\
        """;
    send("PATCH", SERVICES + "/web", MERGE, both.formatted(1));
    JsonNode first = get(SERVICES + "/web");
    assertThat(first.path("status").path("loadBalancer").isEmpty()).isTrue();
    assertThat(first.path("spec").path("type").asString()).isEqualTo("ClusterIP");

    send("PATCH", SERVICES + "/web", MERGE, "{\"spec\":{\"type\":\"LoadBalancer\"}}");
    send("PATCH", SERVICES + "/web/status", MERGE, both.formatted(2));
    JsonNode twice = send("PATCH", SERVICES + "/web/status", MERGE, both.formatted(3));

    assertThat(twice.path("spec").path("type").asString()).isEqualTo("LoadBalancer");
    assertThat(twice.path("status").path("loadBalancer").path("ingress").toString())
        .as("lists are replaced")
        .isEqualTo("[{\"ip\":\"192.0.2.3\"}]");
  }

  @Test
  void aStrategicPatchMergesConditionsByTheirType() {
    send("POST", SERVICES, SERVICE.formatted("web", "a"));
    String strategic = "application/strategic-merge-patch+json";
    String status = SERVICES + "/web/status";
    send(
        "PATCH",
        status,
        strategic,
        """
        {"status":{"conditions":[{"type":"A","status":"True"},{"type":"B","status":"True"}],
                   "loadBalancer":{"ingress":[{"ip":"192.0.2.1"}]}}}\
        """);
    JsonNode changed =
        send(
            "PATCH",
            status,
            strategic,
            """
            {"status":{"conditions":[{"type":"C","status":"True"},{"type":"B","status":"False"},
                                     {"$patch":"delete","type":"A"}],
                       "loadBalancer":{"ingress":[{"ip":"192.0.2.2"}]}}}\
            """);
    assertThat(changed.path("status").toString())
        .isEqualTo(
            "{\"loadBalancer\":{\"ingress\":[{\"ip\":\"192.0.2.2\"}]},"
                + "\"conditions\":[{\"type\":\"B\",\"status\":\"False\"},"
                + "{\"type\":\"C\",\"status\":\"True\"}]}");
  }

  @Test
  void aPatchOfAnOldVersionOrWithAFailedTestConflicts() {
    String old = version(send("POST", SERVICES, SERVICE.formatted("web", "a")));
    send("PATCH", SERVICES + "/web", MERGE, "{\"metadata\":{\"labels\":{\"tier\":\"b\"}}}");
    String stale = "{\"metadata\":{\"resourceVersion\":\"" + old + "\",\"labels\":{\"x\":\"y\"}}}";
    assertThat(send("PATCH", SERVICES + "/web", MERGE, stale).path("code").asInt()).isEqualTo(409);
    String steps =
        """
        [{"op":"test","path":"/metadata/labels/tier","value":"%s"},
         {"op":"add","path":"/metadata/annotations","value":{"a~b":"c"}}]\
        """;
    String json = "application/json-patch+json";
    assertThat(send("PATCH", SERVICES + "/web", json, steps.formatted("a")).path("code").asInt())
        .isEqualTo(422);
    assertThat(
            send("PATCH", SERVICES + "/web", json, steps.formatted("b"))
                .path("metadata")
                .path("annotations")
                .toString())
        .isEqualTo("{\"a~b\":\"c\"}");
    assertThat(
            send("PATCH", SERVICES + "/web", "application/apply-patch+yaml", "{}")
                .path("code")
                .asInt())
        .isEqualTo(415);
  }

  @Test
  void aListComesInChunksUntilItIsTooOld() {
    for (String name : List.of("a", "b", "c")) {
      send("POST", SERVICES, SERVICE.formatted(name, name.equals("b") ? "x" : "y"));
    }
    String all = ResourceKind.SERVICE.pathOfAll();
    assertThat(get(all + "?labelSelector=tier%3Dy").path("items").size()).isEqualTo(2);
    assertThat(get(all + "?labelSelector=tier+in+(x,z)").path("items").size()).isEqualTo(1);
    JsonNode first = get(all + "?limit=2");
    assertThat(first.path("items").size()).isEqualTo(2);
    String next = all + "?limit=2&continue=" + first.path("metadata").path("continue").asString();
    JsonNode second = get(next);
    assertThat(second.path("items").size()).isEqualTo(1);
    assertThat(second.path("metadata").has("continue")).isFalse();
    assertThat(version(second)).isEqualTo(version(first));

    send("POST", SERVICES, SERVICE.formatted("d", "y"));
    server.compact();

    assertThat(get(next).path("code").asInt()).isEqualTo(410);
  }

  @Test
  void aWatchTellsWhatHappensToItsObjectsAndWhatTheVersionIs() {
    server.bookmarksEvery(Duration.ofMillis(300));
    send("POST", SERVICES, SERVICE.formatted("a", "x"));
    String since = version(get(SERVICES));
    String path = SERVICES + "?watch=true&labelSelector=tier%3Dx&resourceVersion=" + since;
    List<JsonNode> events =
        watch(
            path + "&allowWatchBookmarks=true",
            () -> {
              send("POST", SERVICES, SERVICE.formatted("b", "y"));
              send("POST", SERVICES, SERVICE.formatted("c", "x"));
              send("PATCH", SERVICES + "/b", MERGE, "{\"metadata\":{\"labels\":{\"tier\":\"x\"}}}");
              send("PATCH", SERVICES + "/a", MERGE, "{\"metadata\":{\"labels\":{\"tier\":\"y\"}}}");
              send("DELETE", SERVICES + "/c", "");
              send("POST", LEASES, lease("a", ""));
            },
            event ->
                event.path("type").asString().equals("BOOKMARK")
                    && version(event.path("object")).equals(version(get(LEASES + "/vip"))));

    assertThat(told(events).stream().filter(one -> !one.startsWith("BOOKMARK")))
        .containsExactly("ADDED c", "ADDED b", "DELETED a", "DELETED c");
    assertThat(events.get(events.size() - 1).path("type").asString()).isEqualTo("BOOKMARK");
    assertThat(version(events.get(events.size() - 1).path("object")))
        .as("also of what happened to others")
        .isEqualTo(version(get(LEASES + "/vip")));
    assertThat(told(watch(SERVICES + "?watch=1&timeoutSeconds=1&resourceVersion=0")))
        .containsExactly("ADDED a", "ADDED b");
  }

  @Test
  void aWatchFromTooLongAgoIsToldSoInside() {
    String since = version(get(SERVICES));
    send("POST", SERVICES, SERVICE.formatted("a", "x"));
    server.compact();

    List<JsonNode> events = watch(SERVICES + "?watch=true&resourceVersion=" + since);

    assertThat(events).hasSize(1);
    assertThat(events.get(0).path("type").asString()).isEqualTo("ERROR");
    assertThat(events.get(0).path("object").path("code").asInt()).isEqualTo(410);
  }

  @Test
  void aWatchThatIsDroppedEnds() {
    assertThat(watch(SERVICES + "?watch=true", server::dropWatches)).isEmpty();
  }

  @Test
  void aRecreatedObjectIsAnotherAndOneWithAFinalizerStays() {
    String before =
        send("POST", SERVICES, SERVICE.formatted("a", "x")).path("metadata").path("uid").asString();
    send("DELETE", SERVICES + "/a", "");
    JsonNode again = send("POST", SERVICES, SERVICE.formatted("a", "x"));
    assertThat(again.path("metadata").path("uid").asString()).isNotEqualTo(before);
    send("PATCH", SERVICES + "/a", MERGE, "{\"metadata\":{\"finalizers\":[\"x.org/y\"]}}");
    send("DELETE", SERVICES + "/a", "");
    assertThat(get(SERVICES + "/a").path("metadata").has("deletionTimestamp")).isTrue();
    send("PATCH", SERVICES + "/a", MERGE, "{\"metadata\":{\"finalizers\":null}}");
    assertThat(get(SERVICES + "/a").path("code").asInt()).isEqualTo(404);
  }

  @Test
  void anAccountMayDoWhatItsRoleSaysAndNobodyElseAnything() {
    server.put(
        """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role",
         "metadata":{"name":"r","namespace":"default"},
         "rules":[{"apiGroups":["coordination.k8s.io"],"resources":["leases"],
                   "resourceNames":["vip"],"verbs":["get"]},
                  {"apiGroups":[""],"resources":["services/status"],"verbs":["patch"]}]}\
        """);
    server.put(
        """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding",
         "metadata":{"name":"r","namespace":"default"},
         "subjects":[{"kind":"ServiceAccount","name":"bugle","namespace":"default"}],
         "roleRef":{"kind":"Role","name":"r"}}\
        """);
    send("POST", LEASES, lease("a", ""));
    send("POST", SERVICES, SERVICE.formatted("web", "x"));
    token = server.newToken("default", "bugle");
    assertThat(get(LEASES + "/vip").path("kind").asString()).isEqualTo("Lease");
    assertThat(get(LEASES + "/other").path("message").asString())
        .contains("leases.coordination.k8s.io \"other\" is forbidden")
        .contains("system:serviceaccount:default:bugle");
    assertThat(get(LEASES).path("code").asInt()).isEqualTo(403);
    assertThat(send("PATCH", SERVICES + "/web", MERGE, "{}").path("code").asInt()).isEqualTo(403);
    assertThat(send("PATCH", SERVICES + "/web/status", MERGE, "{}").path("kind").asString())
        .isEqualTo("Service");
    server.expire(token);
    assertThat(get(LEASES + "/vip").path("code").asInt()).isEqualTo(401);
  }
}
