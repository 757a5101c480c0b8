package dev.bugle.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bugle.k8s.apiserver.ApiServer;
import dev.bugle.k8s.apiserver.ResourceKind;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The API server of a scenario, and a namespace of its own there: that of {@code KUBECONFIG}, or
 * one of this process. Whatever is made is in the namespace, or has its name, and is deleted at the
 * end.
 */
final class ClusterApi implements AutoCloseable {

  private static final String VARIABLE = "KUBECONFIG";
  private static final int CONFLICT = 409;

  private final ScratchDirectory directory = ScratchDirectory.create();
  private final Optional<ApiServer> inProcess;
  private final Config config;
  private final io.fabric8.kubernetes.client.http.HttpClient client;
  private final String namespace = Belongings.newName();
  private boolean ownsClusterRole;

  private ClusterApi() {
    String given = System.getenv(VARIABLE);
    inProcess = given == null || given.isBlank() ? Optional.of(ApiServer.open()) : Optional.empty();
    config = inProcess.map(this::config).orElseGet(() -> Config.autoConfigure(null));
    config.setHttp2Disable(true);
    client = new JdkHttpClientFactory().newBuilder(config).build();
  }

  private Config config(ApiServer server) {
    return Config.fromKubeconfig(
        ApiServer.kubeconfig(
                directory.path().resolve("admin"), server.uri(), "default", server.adminToken())
            .toFile());
  }

  /** Finds it, or makes it, and the namespace. */
  static ClusterApi open() {
    ClusterApi api = Belongings.keep(new ClusterApi());
    try {
      api.create(
          ResourceKind.NAMESPACE,
          """
          {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"%s"}}\
          """
              .formatted(api.namespace));
      return api;
    } catch (RuntimeException e) {
      api.close();
      throw e;
    }
  }

  /** Where it is, for people. */
  @Override
  public String toString() {
    return inProcess.isPresent() ? "an API server in this process" : "the API server of KUBECONFIG";
  }

  URI uri() {
    return URI.create(config.getMasterUrl());
  }

  String namespace() {
    return namespace;
  }

  /** One that trusts this server, and does not say who it is. */
  HttpClient anonymous() {
    try {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .sslContext(SSLUtils.sslContext(null, SSLUtils.trustManagers(config)))
          .build();
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("cannot use the certificates of " + VARIABLE, e);
    }
  }

  /**
   * A token for a new account of the namespace.
   *
   * @param rules what it may do there, as in a Role
   * @param clusterRules what it may do everywhere, as in a ClusterRole; empty: nothing
   */
  String account(String name, String rules, String clusterRules) {
    create(
        ResourceKind.SERVICE_ACCOUNT,
        """
        {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"%s"}}\
        """
            .formatted(name));
    bind(ResourceKind.ROLE, ResourceKind.ROLE_BINDING, name, name, rules);
    if (!clusterRules.isEmpty()) {
      ownsClusterRole = true;
      bind(
          ResourceKind.CLUSTER_ROLE,
          ResourceKind.CLUSTER_ROLE_BINDING,
          namespace,
          name,
          clusterRules);
    }
    return send(
            "POST",
            ResourceKind.SERVICE_ACCOUNT.path(namespace, name) + "/token",
            """
            {"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest",
             "spec":{"expirationSeconds":86400}}\
            """)
        .path("status")
        .path("token")
        .asText();
  }

  private void bind(
      ResourceKind role, ResourceKind binding, String name, String account, String rules) {
    create(
        role,
        """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"%s","metadata":{"name":"%s"},
         "rules":%s}\
        """
            .formatted(role.singular(), name, rules));
    create(
        binding,
        """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"%1$s","metadata":{"name":"%2$s"},
         "subjects":[{"kind":"ServiceAccount","name":"%3$s","namespace":"%4$s"}],
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"%5$s","name":"%2$s"}}\
        """
            .formatted(binding.singular(), name, account, namespace, role.singular()));
  }

  /** Makes an object, in the namespace if it is of a kind that has one. */
  JsonNode create(ResourceKind kind, String json) {
    return send("POST", kind.path(namespace), json);
  }

  /** Sends a request as whoever runs the tests; what is refused fails. */
  JsonNode send(String method, String path, String json) {
    HttpRequest.Builder request =
        client
            .newHttpRequestBuilder()
            .uri(URI.create(uri().toString().replaceFirst("/$", "") + path))
            .timeout(20, TimeUnit.SECONDS);
    if (!method.equals("GET")) {
      String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
      request.method(method, type, json);
    }
    try {
      HttpResponse<String> answer =
          client.sendAsync(request.build(), String.class).get(30, TimeUnit.SECONDS);
      if (answer.code() / 100 != 2 && answer.code() != CONFLICT) {
        throw new IllegalStateException(
            "%s %s was answered by %d: %s".formatted(method, path, answer.code(), answer.body()));
      }
      return Json.parse(answer.body());
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("%s %s was not answered".formatted(method, path), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    try {
      if (ownsClusterRole) {
        send("DELETE", ResourceKind.CLUSTER_ROLE_BINDING.path("", namespace), "{}");
        send("DELETE", ResourceKind.CLUSTER_ROLE.path("", namespace), "{}");
      }
      send("DELETE", ResourceKind.NAMESPACE.path("", namespace), "{}");
    } finally {
      client.close();
      inProcess.ifPresent(ApiServer::close);
      directory.remove();
      Belongings.forget(this);
    }
  }
}
