package dev.bugle.k8s.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * fabric8's client for one kubeconfig, which all that use it in this process share: an HTTP client
 * has threads and connections of its own, and hundreds of leaderships need no more than one.
 *
 * <p>It is opened by the first request. When the server does not know us any more, it is opened
 * anew for the next one; requests that are under way end on the one they began with. Thread-safe.
 */
final class ApiClient {

  /** What has been read of the files, and the connections that came of it. */
  static final class Open {
    private final Config config;
    private final HttpClient http;
    private int requests;
    private boolean retired;

    private Open(Config config) {
      this.config = config;
      this.http = new JdkHttpClientFactory().newBuilder(config).build();
    }

    Config config() {
      return config;
    }

    HttpClient http() {
      return http;
    }

    String server() {
      return config.getMasterUrl();
    }

    /** Below the server's own path, if it has one, as behind the proxy of a management server. */
    URI resolve(String path) {
      String base = config.getMasterUrl();
      return URI.create((base.endsWith("/") ? base : base + "/") + path.substring(1));
    }
  }

  /**
   * The only thing of this module that all of the process has in common: electors and sources are
   * made by providers that know nothing of each other.
   */
  private static final Map<Optional<Path>, ApiClient> SHARED = new HashMap<>();

  private final Optional<Path> kubeconfig;
  private int users;
  private @Nullable Open open;

  private ApiClient(Optional<Path> kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  /** The one of that kubeconfig; each user releases it once. */
  static ApiClient acquire(Optional<Path> kubeconfig) {
    synchronized (SHARED) {
      ApiClient client = SHARED.computeIfAbsent(kubeconfig, ApiClient::new);
      client.users++;
      return client;
    }
  }

  /** A user has gone; with the last one the connections end. */
  void release() {
    synchronized (SHARED) {
      users--;
      if (users == 0) {
        SHARED.remove(kubeconfig);
        retire();
      }
    }
  }

  /** The open one, for a request; {@link #leave} when that is over. */
  synchronized Open enter() throws ApiFailure {
    Open known = open == null ? opened() : open;
    open = known;
    known.requests++;
    return known;
  }

  /** A request is over. */
  synchronized void leave(Open at) {
    at.requests--;
    closeIfUnused(at);
  }

  /** What is sent after this reads the files anew, unless that has happened already. */
  synchronized void retire(Open at) {
    at.retired = true;
    if (open == at) {
      open = null;
    }
    closeIfUnused(at);
  }

  private synchronized void retire() {
    Open known = open;
    if (known != null) {
      retire(known);
    }
  }

  private static void closeIfUnused(Open at) {
    if (at.retired && at.requests == 0) {
      at.http.close();
    }
  }

  private Open opened() throws ApiFailure {
    try {
      return new Open(config());
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
}
