package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The clock on the wall is stepped under both nodes, by libfaketime, and nobody cares: no
 * leadership is lost or prolonged, no session ends, and a takeover takes as long as ever.
 */
@ExtendWith({NothingLeftBehind.class, OneAttempt.class})
@Timeout(120)
class WallClockSafetyTest {

  private static final Duration WATCHED = Duration.ofSeconds(5);

  /** So long that a busy host does not take the leadership or the session from anybody. */
  private static final Duration LEASE = Duration.ofSeconds(5);

  private static final Duration HOLD = Duration.ofSeconds(15);

  private final Lab lab = new NamespaceLab();

  private static Optional<Path> library() {
    try (Stream<Path> architectures = Files.list(Path.of("/usr/lib"))) {
      return architectures
          .map(directory -> directory.resolve("faketime/libfaketimeMT.so.1"))
          .filter(Files::exists)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void stepsOfTheWallClockAreNotSeen(SafetyElector elector) {
    RequiredPeers.demand(lab.missing());
    Optional<Path> library = library();
    RequiredPeers.demand(
        library.isPresent() ? Optional.empty() : Optional.of("libfaketime is not installed"));
    ScratchDirectory directory = ScratchDirectory.create();
    Path clock = directory.write("clock", "+0\n");
    Map<String, String> environment =
        Map.of(
            "LD_PRELOAD", library.orElseThrow().toString(),
            "FAKETIME_TIMESTAMP_FILE", clock.toString(),
            "FAKETIME_NO_CACHE", "1",
            "FAKETIME_DONT_FAKE_MONOTONIC", "1",
            // Otherwise it takes the JVM's deadlines for those of the wall clock.
            "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    try (SafetyLab nodes =
        new SafetyLab(lab, new SafetyLab.Setting(elector, LEASE, HOLD, false), environment)) {
      nodes.start();
      String leader = nodes.holder();
      for (int offset : List.of(3600, -3600, 0)) {
        directory.write("clock", "%+d%n".formatted(offset));
        Deadline.pause(WATCHED);
        assertThat(nodes.node(leader).wallClock())
            .as("the step has come to it")
            .isCloseTo(Instant.now().plusSeconds(offset), within(1, ChronoUnit.MINUTES));
      }
      SafetyHistory calm = nodes.history();
      assertThat(calm.standings()).as("%s", nodes.story()).hasSize(1);
      assertThat(calm.violations()).isEmpty();

      directory.write("clock", "-3600\n");
      Mischief.KILLED.happen(nodes, leader, LEASE.plusSeconds(3));
      nodes.awaitSteady();
      assertThat(nodes.holder()).isEqualTo(SafetyLab.otherThan(leader));
      assertThat(nodes.history().violations()).as("%s", nodes.story()).isEmpty();
    } finally {
      directory.remove();
    }
  }
}
