package dev.bugle.advertiser.health;

import dev.bugle.advertiser.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One probe on the thread of the test, cancelled at its deadline as the checks do it. */
final class Probing {

  static final Duration LONG = Duration.ofSeconds(20);

  private Probing() {}

  /** What it finds within that time; nothing when its thread hangs for 10 s more. */
  static Optional<Outcome> once(Prober prober, Duration timeout) throws InterruptedException {
    Ticker ticker = Ticker.system();
    Attempt attempt =
        new Attempt(
            prober,
            ticker,
            new Attempt.Deadline(ticker.nanos() + timeout.toNanos(), timeout),
            () -> {});
    Thread thread = new Thread(attempt, "probe under test");
    thread.setDaemon(true);
    thread.start();
    thread.join(timeout.toMillis());
    attempt.cancel();
    thread.join(10_000);
    return attempt.result().map(Attempt.Result::outcome);
  }

  static Outcome once(Probe probe, Duration timeout) throws InterruptedException {
    return once(Prober.of(probe), timeout).orElseThrow();
  }

  static Outcome once(Probe probe) throws InterruptedException {
    return once(probe, LONG);
  }

  static Probe.Http http(String url) {
    return http(url, Probe.Credentials.NONE);
  }

  static Probe.Http http(String url, Probe.Credentials credentials) {
    return new Probe.Http(
        HttpUrl.parse(url),
        Probe.Http.Method.GET,
        List.of(new Probe.StatusRange(200, 200)),
        HttpHeaders.NONE,
        credentials);
  }
}
