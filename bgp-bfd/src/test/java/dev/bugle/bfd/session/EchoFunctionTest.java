package dev.bugle.bfd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.ControlPacket.Flags;
import dev.bugle.bfd.wire.ControlPacket.Intervals;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5880 §6.4, §6.8.5, §6.8.8, §6.8.9. */
class EchoFunctionTest {

  /** §6.8.9: not before Up, not where the other side returns none, and not faster than it does. */
  @ParameterizedTest
  @CsvSource({
    "UP,50,20,50",
    "UP,50,50,50",
    "UP,50,70,70",
    "UP,50,0,",
    "UP,,20,",
    "INIT,50,20,",
    "DOWN,50,20,",
    "ADMIN_DOWN,50,20,"
  })
  void theInterval(State state, Integer ours, int theirs, Integer expected) {
    assertThat(EchoFunction.interval(state, millis(ours), Optional.of(remote(theirs))))
        .isEqualTo(millis(expected));
  }

  @Test
  void nothingIsSentToWhoeverHasNotSpoken() {
    assertThat(EchoFunction.interval(State.UP, millis(50), Optional.empty())).isEmpty();
  }

  /** §6.8.5. */
  @Test
  void itFailsWhenSoManyInARowHaveNotComeBack() {
    EchoFunction echo = new EchoFunction();
    echo.start();
    echo.next();
    echo.next();
    assertThat(echo.hasFailed(3)).isFalse();
    echo.next();
    assertThat(echo.hasFailed(3)).isTrue();
    echo.returned(2);
    assertThat(echo.hasFailed(3)).isFalse();
    assertThat(echo.hasFailed(1)).isTrue();
  }

  @Test
  void oldOnesAndOnesThatWereNeverSentSayNothing() {
    EchoFunction echo = new EchoFunction();
    echo.start();
    int first = echo.next();
    echo.returned(first + 1);
    echo.returned(first - 1);
    assertThat(echo.hasFailed(1)).isTrue();
    echo.returned(first);
    assertThat(echo.hasFailed(1)).isFalse();
    echo.next();
    echo.returned(first);
    assertThat(echo.hasFailed(1)).isTrue();
  }

  @Test
  void whatWasMissedBeforeDoesNotCountAfterANewStart() {
    EchoFunction echo = new EchoFunction();
    echo.next();
    echo.next();
    echo.start();
    assertThat(echo.hasFailed(1)).isFalse();
  }

  /** The numbers go around, and a path that loses less than the multiplier in a row is up. */
  @Test
  void lossesThatAreTooShortNeverFailIt() {
    Random random = new Random(11);
    EchoFunction echo = new EchoFunction();
    echo.start();
    int lost = 0;
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(echo.hasFailed(3)).isFalse();
      int number = echo.next();
      if (lost == 2 || random.nextBoolean()) {
        echo.returned(number);
        lost = 0;
      } else {
        lost++;
      }
    }
  }

  private static Optional<Duration> millis(Integer millis) {
    return Optional.ofNullable(millis).map(Duration::ofMillis);
  }

  private static ControlPacket remote(int minEchoRxMillis) {
    return new ControlPacket(
        Diagnostic.NONE,
        State.UP,
        Flags.NONE,
        3,
        2,
        1,
        new Intervals(50_000, 50_000, minEchoRxMillis * 1000L),
        Optional.empty());
  }
}
