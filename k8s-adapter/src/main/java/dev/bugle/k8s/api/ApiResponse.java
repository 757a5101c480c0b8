package dev.bugle.k8s.api;

import java.time.Duration;
import java.util.Optional;

/**
 * What the API server has answered.
 *
 * @param code the status of HTTP
 * @param body the whole body, as text
 * @param retryAfter how long the server wants to be left alone, if it says so
 */
public record ApiResponse(int code, String body, Optional<Duration> retryAfter) {

  /** Whether it has done what was asked. */
  public boolean isSuccess() {
    return code / 100 == 2;
  }
}
