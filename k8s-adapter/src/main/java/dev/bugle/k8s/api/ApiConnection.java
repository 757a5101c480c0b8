package dev.bugle.k8s.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The way to the API server: one request at a time, each for a bounded time.
 *
 * <p>It is opened by the first request, and by each one after that until it succeeds: the
 * kubeconfig may not be there yet when the node starts. When the server does not know us any more
 * (401), it is opened anew with the next request, from the files as they are then.
 *
 * <p>One thread calls it. It speaks HTTP/1.1: there, a request that is given up ends its
 * connection, so the next one does not wait on a connection that leads nowhere.
 */
public final class ApiConnection implements AutoCloseable {

  private static final int UNAUTHORIZED = 401;

  private record Open(Config config, HttpClient client) {}

  private final Optional<Path> kubeconfig;
  private @Nullable Open open;

  /**
   * One that is not open.
   *
   * @param kubeconfig the file that says where the server is and who we are; without it, what the
   *     variable KUBECONFIG names, {@code ~/.kube/config}, or else the service account of the pod
   */
  public ApiConnection(Optional<Path> kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  /** The namespace that goes without saying: that of the kubeconfig's context, or of the pod. */
  public String namespace() throws ApiFailure {
    String namespace = opened().config().getNamespace();
    return namespace == null || namespace.isBlank() ? "default" : namespace;
  }

  /** Reads what is at a path, such as {@code /api/v1/nodes}. */
  public ApiResponse read(String path, Duration patience) throws ApiFailure {
    return send("GET", path, "", patience);
  }

  /** Makes the object of that JSON below a path. */
  public ApiResponse create(String path, String json, Duration patience) throws ApiFailure {
    return send("POST", path, json, patience);
  }

  /** Puts the object of that JSON in the place of the one at a path. */
  public ApiResponse replace(String path, String json, Duration patience) throws ApiFailure {
    return send("PUT", path, json, patience);
  }

  private ApiResponse send(String method, String path, String json, Duration patience)
      throws ApiFailure {
    Open at = opened();
    long end = System.nanoTime() + patience.toNanos();
    HttpRequest.Builder request =
        at.client()
            .newHttpRequestBuilder()
            .uri(URI.create(at.config().getMasterUrl()).resolve(path))
            .header("Accept", "application/json")
            .timeout(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
    if (!json.isEmpty()) {
      request.method(method, "application/json", json);
    }
    ApiBody body = new ApiBody();
    CompletableFuture<HttpResponse<AsyncBody>> answer =
        at.client().consumeBytes(request.build(), body);
    try {
      HttpResponse<AsyncBody> head = answer.get(left(end), TimeUnit.NANOSECONDS);
      head.body().consume();
      head.body().done().get(left(end), TimeUnit.NANOSECONDS);
      if (head.code() == UNAUTHORIZED) {
        close();
      }
      return new ApiResponse(head.code(), body.text(), RetryAfter.of(head));
    } catch (TimeoutException e) {
      throw new ApiFailure(
          at.config().getMasterUrl() + " did not answer within " + patience.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw new ApiFailure(FailureText.of(at.config().getMasterUrl(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiFailure("closed while it waited for " + at.config().getMasterUrl());
    } finally {
      // Nothing if it is complete; if it comes later, nobody reads it.
      CompletableFuture<?> unused = answer.thenAccept(late -> late.body().cancel());
    }
  }

  private static long left(long end) {
    return Math.max(0, end - System.nanoTime());
  }

  private Open opened() throws ApiFailure {
    Open known = open;
    if (known != null) {
      return known;
    }
    try {
      Config config = config();
      Open opened = new Open(config, new JdkHttpClientFactory().newBuilder(config).build());
      open = opened;
      return opened;
    } catch (RuntimeException e) {
      throw new ApiFailure(
          kubeconfig.map(path -> path.toString()).orElse("the kubeconfig or service account")
              + " cannot be used: "
              + FailureText.of(e));
    }
  }

  private Config config() {
    Config found =
        kubeconfig
            .map(path -> Config.fromKubeconfig(path.toFile()))
            .orElseGet(() -> Config.autoConfigure(null));
    found.setRequestRetryBackoffLimit(0);
    found.setHttp2Disable(true);
    return found;
  }

  /** Ends its connections. What is sent after that opens it again. */
  @Override
  public void close() {
    Open closing = open;
    open = null;
    if (closing != null) {
      closing.client().close();
    }
  }
}
