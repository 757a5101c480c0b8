package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.bfd.BfdStatus;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.ControlPacket.Flags;
import dev.bugle.bfd.wire.ControlPacket.Intervals;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In virtual time. */
class UpWatchTest {

  private static final String NOTHING =
      "nothing is heard from it; is BFD configured on the router for this address?";

  private final ManualTicker ticker = new ManualTicker();
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
  private State state = State.DOWN;
  private Optional<ControlPacket> remote = Optional.empty();
  private long received;
  private long notSent;
  private final UpWatch watch = new UpWatch(ticker, status());

  private BfdStatus status() {
    return new BfdStatus(
        state,
        Instant.EPOCH,
        Diagnostic.NONE,
        1,
        49152,
        Optional.empty(),
        Optional.empty(),
        remote,
        new BfdStatus.Counters(0, 0, notSent, received, Map.copyOf(dropped)));
  }

  private void hear(State said, Diagnostic why) {
    received++;
    remote =
        Optional.of(
            new ControlPacket(
                why, said, Flags.NONE, 3, 7, 1, new Intervals(1, 1, 0), Optional.empty()));
  }

  private Optional<String> after(Duration time) {
    ticker.advance(time);
    return watch.look(status());
  }

  private String finding() {
    return after(Duration.ofHours(1)).orElseThrow().replaceFirst("^not up for [0-9a-z]+: ", "");
  }

  @Test
  void itIsToldAfterTenSecondsAndThenEverMoreRarely() {
    List<String> told = new ArrayList<>();
    for (int second = 1; second <= 3000; second++) {
      int now = second;
      after(Duration.ofSeconds(1)).ifPresent(finding -> told.add(now + " " + finding));
    }
    assertThat(told)
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactly(
            "10 not up for 10s",
            "30 not up for 30s",
            "70 not up for 70s",
            "150 not up for 150s",
            "310 not up for 310s",
            "630 not up for 630s",
            "1230 not up for 1230s",
            "1830 not up for 1830s",
            "2430 not up for 2430s");
    assertThat(told.get(0)).endsWith(NOTHING);
  }

  @Test
  void whatIsUpIsNotToldAndAnotherFailureBeginsAnew() {
    assertThat(after(Duration.ofSeconds(10))).isPresent();
    state = State.UP;
    assertThat(after(Duration.ofHours(1))).isEmpty();
    state = State.DOWN;
    assertThat(after(Duration.ofSeconds(9))).isEmpty();
    assertThat(after(Duration.ofSeconds(1))).contains("not up for 10s: " + NOTHING);
  }

  @Test
  void whatTheRouterSaysIsTold() {
    hear(State.DOWN, Diagnostic.PATH_DOWN);
    assertThat(finding()).startsWith("it says Down (path down), so it does not hear us; does a");
    hear(State.ADMIN_DOWN, Diagnostic.ADMINISTRATIVELY_DOWN);
    assertThat(finding()).startsWith("it says AdminDown; BFD is switched off on the router");
    hear(State.INIT, Diagnostic.NONE);
    assertThat(finding()).startsWith("it says Init (no diagnostic), but not for long");
    assertThat(finding()).isEqualTo(NOTHING); // since then
    state = State.ADMIN_DOWN;
    assertThat(finding()).isEqualTo("it is switched off here");
  }

  @Test
  void whatIsDroppedIsToldWithItsRemedy() {
    dropped.put(DropReason.LOW_TTL, 4L);
    assertThat(finding())
        .isEqualTo(
            "its packets are dropped: 4 low-ttl; is the router further away than configured? see"
                + " multihop and minimum-ttl");
    dropped.put(DropReason.WRONG_AUTHENTICATION, 2L);
    dropped.put(DropReason.MALFORMED_AUTHENTICATION, 1L);
    assertThat(finding())
        .isEqualTo(
            "its packets are dropped: 1 malformed-authentication 2 wrong-authentication; do"
                + " authentication type, key id and key agree with the router's?");
    assertThat(finding()).isEqualTo(NOTHING);
  }

  @Test
  void everyReasonHasWords() {
    for (DropReason reason : DropReason.values()) {
      dropped.merge(reason, 1L, Long::sum);
      assertThat(finding()).isNotBlank();
    }
  }

  @Test
  void whatCannotBeSentIsTold() {
    notSent = 3;
    assertThat(finding()).startsWith("nothing can be sent to it; is there a route");
  }
}
