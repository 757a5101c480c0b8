package dev.bugle.bgp.ls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** Programs of others that tests run against. */
final class Tools {

  private Tools() {}

  /** Skips the test where it is not installed, unless {@code BUGLE_REQUIRE_PEERS=1}. */
  static void require(String program, String debianPackage) throws InterruptedException {
    boolean there;
    try {
      there =
          new ProcessBuilder(program, "--version")
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .redirectError(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor()
              == 0;
    } catch (IOException notInstalled) {
      there = false;
    }
    String how = program + " is not installed; apt-get install " + debianPackage;
    if ("1".equals(System.getenv("BUGLE_REQUIRE_PEERS"))) {
      assertThat(there).as(how).isTrue();
    }
    assumeTrue(there, how);
  }
}
