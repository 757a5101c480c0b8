package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;

/**
 * Why a router cannot show a feature.
 *
 * @param reason for people, a whole sentence
 * @param proof what must hold of the router for that; it fails when the router has learned it
 */
record Lack(String reason, Proof proof) {

  /** Looks whether a router really lacks something. */
  @FunctionalInterface
  interface Proof {
    /**
     * Throws an assertion's error if it does not.
     *
     * @param router that has a session with Bugle
     */
    void holdsFor(RealRouter router, RouterConfig config);
  }

  /**
   * The daemon's own check of its configuration refuses what would ask for it.
   *
   * @param change puts that into a configuration
   * @param complaint what the daemon then says
   */
  static Lack refused(String reason, UnaryOperator<String> change, String complaint) {
    return new Lack(
        reason,
        (router, config) -> {
          Output plain = router.check(config, UnaryOperator.identity());
          assertThat(plain.exitCode()).as("without the change: %s", plain).isZero();
          Output changed = router.check(config, change);
          assertThat(changed.exitCode()).as("with the change: %s", changed).isNotZero();
          assertThat(changed.out() + changed.err()).contains(complaint);
        });
  }

  /** The daemon's OPEN does not offer it, and its configuration has no word for it. */
  static Lack notOffered(String reason, CapabilitySeen capability) {
    return new Lack(
        reason,
        (router, config) ->
            assertThat(router.capabilities().ofRouter())
                .as("the capabilities that the router offers")
                .isNotEmpty()
                .doesNotContain(capability));
  }
}
