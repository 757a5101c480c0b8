package dev.bugle.it;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Lets a test that failed fail again when it is given a second attempt: one whose single failure
 * matters, because it watches over the safety rule, or because it draws other cases each time. What
 * fails around the tests of a class is not remembered.
 */
final class OneAttempt implements BeforeEachCallback, TestWatcher {

  /** Of all attempts: each has an object of this class of its own. */
  private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    FAILED.add(context.getUniqueId());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (FAILED.contains(context.getUniqueId())) {
      throw new AssertionError("it has failed before, and this test is given one attempt only");
    }
  }
}
