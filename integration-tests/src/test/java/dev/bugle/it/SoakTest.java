package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * FRR and BIRD have exactly what is desired, whatever happened before.
 *
 * <p>System properties: {@code soak.seed} to have the same steps again, {@code soak.seconds}, and
 * {@code soak.loss} in percent.
 */
@ExtendWith({NothingLeftBehind.class, OneAttempt.class})
@Timeout(SoakTest.LONGEST_SECONDS)
class SoakTest {

  /** A guard only: all that a soak waits for has a deadline of its own. */
  static final int LONGEST_SECONDS = 24 * 60 * 60;

  private static final Lab LAB = new NamespaceLab();

  @BeforeAll
  static void demandLab() {
    RequiredPeers.demand(LAB.missing());
  }

  @Test
  void tablesAreExactAfterWhateverHappens() {
    soak("whatever-happens", Integer.getInteger("soak.seconds", 60), 0);
  }

  @Test
  void tablesAreExactAfterWhateverHappensOnALossyWire() {
    soak("lossy-wire", Integer.getInteger("soak.seconds", 30), Integer.getInteger("soak.loss", 5));
  }

  private static void soak(String name, int seconds, int lossPercent) {
    long seed = Long.getLong("soak.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    String title =
        "soak of %d s, loss of %d %%, -Dsoak.seed=%d".formatted(seconds, lossPercent, seed);
    System.out.println(title);
    try (Soak soak = Soak.of(seed, lossPercent, LAB, List.of(RouterKind.FRR, RouterKind.BIRD))) {
      try {
        soak.run(Duration.ofSeconds(seconds));
      } finally {
        System.out.printf(
            "%s: sessions came up %s times; steps: %s%n",
            title, soak.timesEstablished(), soak.counts());
        soak.logs().forEach((router, log) -> keep(name + "-" + router, log));
      }
      assertThat(soak.timesEstablished().values()).allMatch(times -> times > 1);
    }
  }

  /** The router's log stays where the build's other output is. */
  private static void keep(String name, String log) {
    try {
      Path directory = Files.createDirectories(Path.of("target", "routers", "SoakTest"));
      Files.writeString(directory.resolve(name + ".log"), log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the log of " + name, e);
    }
  }
}
