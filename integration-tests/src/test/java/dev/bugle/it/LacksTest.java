package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each router really lacks what no test asks of it. */
@ExtendWith(NothingLeftBehind.class)
@Timeout(120)
class LacksTest {

  private static final long ROUTER_AS = 65000;
  private static final Duration HOLD = Duration.ofSeconds(9);

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void routerLacksWhatItIsNotTriedWith(RouterKind kind) {
    Lab lab = new NamespaceLab();
    RequiredPeers.demand(lab.missing());
    try (Machine machine = lab.newMachine();
        Bugle bugle = Bugle.onIpv4(machine.wire());
        RealRouter router = kind.in(machine)) {
      RouterConfig config =
          new RouterConfig(ROUTER_AS, Bugle.AS, bugle.address(), bugle.port(), false, HOLD);
      Output check = router.check(config, text -> text);
      assertThat(check.exitCode()).as("its check of a good configuration: %s", check).isZero();
      router.start(config);
      bugle.peer(ROUTER_AS, true, HOLD);
      Eventually.see(
          kind + " is established", Deadlines.SESSION, router::session, SessionSeen::established);
      kind.lacks()
          .forEach(
              (feature, lack) -> {
                lack.proof().holdsFor(router, config);
                Interop.lacks(kind, feature, lack.reason());
              });
      Interop.version(kind, kind.version(machine));
    }
  }
}
