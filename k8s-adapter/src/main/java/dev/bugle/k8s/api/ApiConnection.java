package dev.bugle.k8s.api;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way to the API server, for one user of it: requests, each for a bounded time.
 *
 * <p>It is opened by the first request, and by each one after that until it succeeds: the
 * kubeconfig may not be there yet when the node starts. When the server does not know us any more
 * (401), it is opened anew with the next request, from the files as they are then. All that have
 * the same kubeconfig share one client.
 *
 * <p>Thread-safe. It speaks HTTP/1.1: there, a request that is given up ends its connection, so the
 * next one does not wait on a connection that leads nowhere.
 */
public final class ApiConnection implements AutoCloseable {

  private static final int UNAUTHORIZED = 401;
  private static final String JSON = "application/json";

  private final ApiClient client;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * One that is not open.
   *
   * @param kubeconfig the file that says where the server is and who we are; without it, what the
   *     variable KUBECONFIG names, {@code ~/.kube/config}, or else the service account of the pod
   */
  public ApiConnection(Optional<Path> kubeconfig) {
    this.client = ApiClient.acquire(kubeconfig);
  }

  /** The namespace that goes without saying: that of the kubeconfig's context, or of the pod. */
  public String namespace() throws ApiFailure {
    ApiClient.Open at = enter();
    try {
      String namespace = at.config().getNamespace();
      return namespace == null || namespace.isBlank() ? "default" : namespace;
    } finally {
      client.leave(at);
    }
  }

  /** Reads what is at a path, such as {@code /api/v1/nodes}. */
  public ApiResponse read(String path, Duration patience) throws ApiFailure {
    return send("GET", path, JSON, "", patience);
  }

  /** Makes the object of that JSON below a path. */
  public ApiResponse create(String path, String json, Duration patience) throws ApiFailure {
    return send("POST", path, JSON, json, patience);
  }

  /** Puts the object of that JSON in the place of the one at a path. */
  public ApiResponse replace(String path, String json, Duration patience) throws ApiFailure {
    return send("PUT", path, JSON, json, patience);
  }

  /**
   * Changes the object at a path by a strategic merge patch: lists that have a key are merged by
   * it, so that what others have put there stays.
   */
  public ApiResponse merge(String path, String json, Duration patience) throws ApiFailure {
    return send("PATCH", path, "application/strategic-merge-patch+json", json, patience);
  }

  private ApiResponse send(
      String method, String path, String contentType, String json, Duration patience)
      throws ApiFailure {
    ApiClient.Open at = enter();
    long end = System.nanoTime() + patience.toNanos();
    ApiBody body = new ApiBody();
    HttpRequest.Builder request = request(at, path, patience);
    if (!json.isEmpty()) {
      request.method(method, contentType, json);
    }
    CompletableFuture<HttpResponse<AsyncBody>> answer =
        at.http().consumeBytes(request.build(), body);
    try {
      HttpResponse<AsyncBody> head = head(at, answer, end, patience);
      head.body().consume();
      head.body().done().get(left(end), TimeUnit.NANOSECONDS);
      return new ApiResponse(head.code(), body.text(), RetryAfter.of(head));
    } catch (TimeoutException e) {
      throw late(at, patience);
    } catch (ExecutionException e) {
      throw new ApiFailure(FailureText.of(at.server(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiFailure("closed while it waited for " + at.server());
    } finally {
      end(at, answer);
    }
  }

  /**
   * Begins to read what is at a path, which may be long, or without end.
   *
   * @param patience how long the server may take to begin
   * @param longest how long all of it may take
   */
  public ApiStream stream(String path, Duration patience, Duration longest) throws ApiFailure {
    ApiClient.Open at = enter();
    long now = System.nanoTime();
    StreamBody body = new StreamBody(at.server(), now + longest.toNanos());
    CompletableFuture<HttpResponse<AsyncBody>> answer =
        at.http().consumeBytes(request(at, path, longest).build(), body);
    boolean begun = false;
    try {
      HttpResponse<AsyncBody> head = head(at, answer, now + patience.toNanos(), patience);
      body.begin(head.body());
      begun = true;
      return new ApiStream(head.code(), RetryAfter.of(head), body, () -> end(at, answer));
    } finally {
      if (!begun) {
        end(at, answer);
      }
    }
  }

  private HttpResponse<AsyncBody> head(
      ApiClient.Open at,
      CompletableFuture<HttpResponse<AsyncBody>> answer,
      long end,
      Duration patience)
      throws ApiFailure {
    try {
      HttpResponse<AsyncBody> head = answer.get(left(end), TimeUnit.NANOSECONDS);
      if (head.code() == UNAUTHORIZED) {
        client.retire(at);
      }
      return head;
    } catch (TimeoutException e) {
      throw late(at, patience);
    } catch (ExecutionException e) {
      throw new ApiFailure(FailureText.of(at.server(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiFailure("closed while it waited for " + at.server());
    }
  }

  private static ApiFailure late(ApiClient.Open at, Duration patience) {
    return new ApiFailure(at.server() + " did not answer within " + patience.toMillis() + " ms");
  }

  /** Nothing if the answer is complete; if it comes later, nobody reads it. */
  private void end(ApiClient.Open at, CompletableFuture<HttpResponse<AsyncBody>> answer) {
    CompletableFuture<?> unused = answer.thenAccept(late -> late.body().cancel());
    client.leave(at);
  }

  private static HttpRequest.Builder request(ApiClient.Open at, String path, Duration longest) {
    return at.http()
        .newHttpRequestBuilder()
        .uri(at.resolve(path))
        .header("Accept", JSON)
        .timeout(Math.max(1, longest.toMillis()), TimeUnit.MILLISECONDS);
  }

  private static long left(long end) {
    return Math.max(0, end - System.nanoTime());
  }

  private ApiClient.Open enter() throws ApiFailure {
    if (closed.get()) {
      throw new ApiFailure("the connection to the API server is closed");
    }
    return client.enter();
  }

  /** Nothing is sent after this; the last user of a kubeconfig ends its connections. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      client.release();
    }
  }
}
