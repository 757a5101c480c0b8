package dev.bugle.k8s.apiserver;

import java.time.Duration;

/**
 * What a {@link FaultyApi} does to requests instead of passing them on as they are.
 *
 * @param status answered instead of having it done; 0: it is done
 * @param retryAfter the header of that name, in seconds; 0: none
 * @param delay how long it takes; half of that passes before it is done, half after
 * @param drips whether the delay is in the middle of the answer: half of the body is there at once,
 *     and the rest comes in small parts
 * @param spoilsToken whether the server is shown another token
 * @param share of the requests that it happens to, from 0 to 1
 */
public record Trouble(
    int status, int retryAfter, Duration delay, boolean drips, boolean spoilsToken, double share) {

  /** Nothing is done to any request. */
  public static final Trouble NONE = new Trouble(0, 0, Duration.ZERO, false, false, 0);

  /** All are answered so, and not done. */
  public static Trouble refused(int status) {
    return refused(status, 0);
  }

  /** All are answered so, and not done; they should come again after that many seconds. */
  public static Trouble refused(int status, int retryAfter) {
    return new Trouble(status, retryAfter, Duration.ZERO, false, false, 1);
  }

  /** All take that long. */
  public static Trouble late(Duration delay) {
    return new Trouble(0, 0, delay, false, false, 1);
  }

  /** All are done, and answered with a body that takes that long to come. */
  public static Trouble dripping(Duration delay) {
    return new Trouble(0, 0, delay, true, false, 1);
  }

  /** To the server, all come with a token that has expired. */
  public static Trouble expiredToken() {
    return new Trouble(0, 0, Duration.ZERO, false, true, 1);
  }

  /** The same, to a share of the requests. */
  public Trouble sometimes(double newShare) {
    return new Trouble(status, retryAfter, delay, drips, spoilsToken, newShare);
  }
}
