package dev.bugle.it;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Optional;

/**
 * Decides what becomes of a test whose lab this host does not offer: not run, unless the
 * environment says {@code BUGLE_REQUIRE_PEERS=1}; then it fails.
 */
final class RequiredPeers {

  static final String VARIABLE = "BUGLE_REQUIRE_PEERS";

  private RequiredPeers() {}

  static void demand(Optional<String> missing) {
    if (missing.isEmpty()) {
      return;
    }
    if ("1".equals(System.getenv(VARIABLE))) {
      fail(missing.get() + ", and " + VARIABLE + "=1 demands it");
    }
    abort(missing.get());
  }
}
