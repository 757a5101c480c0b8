package dev.bugle.k8s.api;

import io.fabric8.kubernetes.client.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** The header {@code Retry-After}, in seconds, as the API server writes it. */
final class RetryAfter {

  private RetryAfter() {}

  static Optional<Duration> of(HttpHeaders headers) {
    return headers.headers("Retry-After").stream()
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .findFirst();
  }
}
