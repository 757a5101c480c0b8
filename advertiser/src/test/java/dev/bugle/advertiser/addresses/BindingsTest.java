package dev.bugle.advertiser.addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.addresses.Binding.State;
import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.bgp.wire.Prefix;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told of addresses, and when they are tried again, in virtual time. */
class BindingsTest {

  private static final BoundAddress VIP = new BoundAddress("lo", Prefix.parse("203.0.113.10/32"));
  private static final BoundAddress OTHER = new BoundAddress("lo", Prefix.parse("203.0.113.11/32"));

  private final ManualTicker ticker = new ManualTicker();
  private final Bindings bindings = new Bindings(ticker);
  private final Attempts attempts = new Attempts(ticker);

  private void pass(Duration time) {
    ticker.advance(time);
  }

  @Test
  void whatIsWantedIsThereAtOnceAndAbsent() {
    bindings.want(Set.of(VIP));
    assertThat(bindings.current())
        .containsExactly(
            Map.entry(VIP, new Binding(State.ABSENT, ticker.nanos(), "is to be put there")));
  }

  @Test
  void aStateHasItsTimeAndANewReasonKeepsIt() {
    bindings.want(Set.of(VIP));
    pass(Duration.ofSeconds(1));
    long failed = ticker.nanos();
    assertThat(bindings.found(Map.of(VIP, Outcome.failed("no")))).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(bindings.found(Map.of(VIP, Outcome.failed("no")))).isFalse();
    assertThat(bindings.found(Map.of(VIP, Outcome.failed("never")))).isTrue();
    assertThat(bindings.current().get(VIP)).isEqualTo(new Binding(State.FAILED, failed, "never"));
    assertThat(bindings.found(Map.of(VIP, Outcome.bound("yes")))).isTrue();
    assertThat(bindings.current().get(VIP))
        .isEqualTo(new Binding(State.BOUND, ticker.nanos(), "yes"));
  }

  @Test
  void whatWasWantedDuringAPassIsNotForgotten() {
    bindings.want(Set.of(VIP));
    bindings.want(Set.of(VIP, OTHER));
    bindings.found(Map.of(VIP, Outcome.bound("yes"))); // of the pass before
    assertThat(bindings.current().get(OTHER).state()).isEqualTo(State.ABSENT);
    assertThat(bindings.current().get(VIP).isBound()).isTrue();
  }

  @Test
  void whatIsNotWantedAnyMoreStaysUntilItIsGone() {
    bindings.want(Set.of(VIP));
    bindings.found(Map.of(VIP, Outcome.bound("yes")));
    bindings.want(Set.of());
    assertThat(bindings.current()).containsKey(VIP);
    assertThat(bindings.found(Map.of())).isTrue();
    assertThat(bindings.current()).isEmpty();
  }

  @Test
  void whatFailsIsTriedLaterAndLater() {
    assertThat(attempts.next()).isEqualTo(Long.MAX_VALUE);
    long waited = 0;
    for (long expected : new long[] {100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000}) {
      assertThat(attempts.begin(VIP)).isTrue();
      attempts.failed(VIP, "no");
      assertThat(attempts.begin(VIP)).isFalse();
      waited = attempts.next() - ticker.nanos();
      assertThat(waited).isEqualTo(Duration.ofMillis(expected).toNanos());
      ticker.advance(Duration.ofNanos(waited - 1));
      assertThat(attempts.begin(VIP)).isFalse();
      ticker.advance(Duration.ofNanos(1));
    }
    assertThat(attempts.failure(VIP)).contains("no");
  }

  @Test
  void afterALongCalmItIsTriedAtOnceAndSoonAgain() {
    for (int i = 0; i < 9; i++) {
      attempts.begin(VIP);
      attempts.failed(VIP, "no");
      ticker.advanceTo(attempts.next());
    }
    attempts.succeeded(VIP);
    assertThat(attempts.next()).isEqualTo(Long.MAX_VALUE);
    pass(Duration.ofMinutes(1));
    assertThat(attempts.begin(VIP)).isTrue();
    pass(Duration.ofMillis(100));
    assertThat(attempts.begin(VIP)).isTrue();
  }

  @Test
  void whatSomebodyUndoesAgainAndAgainIsNotDoneAgainAllTheTime() {
    attempts.begin(VIP);
    attempts.succeeded(VIP);
    assertThat(attempts.begin(VIP)).isFalse();
    assertThat(attempts.failure(VIP)).contains("somebody else has undone it, again and again");
    assertThat(attempts.next()).isEqualTo(ticker.nanos() + Duration.ofMillis(100).toNanos());
    attempts.retain(Set.of());
    assertThat(attempts.begin(VIP)).isTrue();
  }

  @Test
  void onlyASingleAddressOnAnInterfaceCanBeBound() {
    assertThatThrownBy(() -> new BoundAddress("lo", Prefix.parse("203.0.113.0/24")))
        .hasMessage("203.0.113.0/24 is not a single address; its length must be /32");
    for (String name : new String[] {"", "a b", "a/b", "a:b", "0123456789abcdef", "a\nb"}) {
      assertThatThrownBy(() -> new BoundAddress(name, VIP.prefix()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not the name of an interface");
    }
    assertThat(new BoundAddress("enp0s31f6.1234", VIP.prefix()))
        .hasToString("203.0.113.10/32 on enp0s31f6.1234");
  }
}
