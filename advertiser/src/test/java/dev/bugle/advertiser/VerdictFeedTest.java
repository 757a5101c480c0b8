package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.Factor.Effect;
import dev.bugle.advertiser.Factor.Kind;
import dev.bugle.advertiser.source.Verdict;
import dev.bugle.advertiser.vip.Needs;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.advertiser.vip.VipAudience;
import dev.bugle.bgp.Route;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a source hears, and in which order. */
class VerdictFeedTest {

  private final Queue<Runnable> thread = new ArrayDeque<>();
  private final List<RuntimeException> failures = new ArrayList<>();
  private final VerdictFeed feed = new VerdictFeed(thread::add, failures::add);
  private final List<List<String>> heard = new ArrayList<>();

  private static VipDecision decision(String name, Effect effect, String reason) {
    Vip vip =
        new Vip(
            "s/" + name,
            Route.to("203.0.113.1/32").build(),
            VipAudience.ALL,
            Needs.leadership("a"),
            Duration.ZERO);
    String value = effect == Effect.ALLOWS ? "held" : "waiting";
    return VipDecision.of(
        vip, List.of(new Factor(Kind.LEADERSHIP, "a", effect, value, 7, Long.MAX_VALUE, reason)));
  }

  private void stated(String... names) {
    feed.stated(new VerdictFeed.Statement(Set.of(names), Map.of()));
  }

  private void hear(List<Verdict> verdicts) {
    heard.add(verdicts.stream().map(Verdict::toString).toList());
  }

  private void runThread() {
    while (!thread.isEmpty()) {
      thread.remove().run();
    }
  }

  @Test
  void firstComesAllThatIsKnownAndThenWhatIsOtherwise() {
    stated("web", "db");
    feed.decided(
        List.of(decision("web", Effect.ALLOWS, "won"), decision("db", Effect.ALLOWS, "won")));
    Runnable unused = feed.subscribe(this::hear);
    runThread();
    feed.decided(
        List.of(decision("web", Effect.ALLOWS, "won"), decision("db", Effect.FORBIDS, "lost it")));
    runThread();
    feed.decided(
        List.of(decision("web", Effect.ALLOWS, "again"), decision("db", Effect.FORBIDS, "other")));
    runThread();
    assertThat(heard)
        .containsExactly(
            List.of("web: announced (won)", "db: announced (won)"),
            List.of("db: withdrawn (lost it)")); // Other words are no news.
  }

  @Test
  void whoSubscribesBeforeThereIsAnythingHearsThatThereIsNothing() {
    Runnable unused = feed.subscribe(this::hear);
    runThread();
    assertThat(heard).containsExactly(List.of());
  }

  @Test
  void whoIsSlowHearsTheLatestOfEachAndNothingOfWhatHasComeAndGone() {
    Runnable unused = feed.subscribe(this::hear);
    runThread();
    stated("web", "brief");
    feed.decided(
        List.of(decision("web", Effect.ALLOWS, "won"), decision("brief", Effect.ALLOWS, "won")));
    stated("web");
    feed.decided(List.of(decision("web", Effect.FORBIDS, "lost")));
    feed.decided(List.of(decision("web", Effect.ALLOWS, "won again")));
    runThread();
    assertThat(heard).containsExactly(List.of(), List.of("web: announced (won again)"));
  }

  @Test
  void aRefusalIsToldOnceItIsNotAnnouncedAndAnEndWhenItIsNotStatedAnyMore() {
    Runnable unused = feed.subscribe(this::hear);
    stated("web");
    feed.decided(List.of(decision("web", Effect.ALLOWS, "won")));
    runThread();
    feed.stated(
        new VerdictFeed.Statement(
            Set.of("web"),
            Map.of("web", new Verdict("web", Verdict.State.REFUSED, "no such peer", 9))));
    feed.decided(List.of(decision("web", Effect.ALLOWS, "won"))); // by the plan before
    runThread();
    feed.decided(List.of());
    feed.decided(List.of());
    runThread();
    stated();
    feed.decided(List.of());
    runThread();
    assertThat(heard)
        .containsExactly(
            List.of("web: announced (won)"),
            List.of("web: refused (no such peer)"),
            List.of("web: gone (not stated any more)"));
  }

  @Test
  void oneThatIsStatedAndNotDecidedOnYetIsNotGone() {
    Runnable unused = feed.subscribe(this::hear);
    feed.stated(
        new VerdictFeed.Statement(
            Set.of("web"),
            Map.of("web", new Verdict("web", Verdict.State.REFUSED, "no such peer", 9))));
    feed.decided(List.of());
    runThread();
    stated("web");
    feed.decided(List.of());
    feed.decided(List.of(decision("web", Effect.ALLOWS, "won")));
    runThread();
    assertThat(heard)
        .containsExactly(List.of("web: refused (no such peer)"), List.of("web: announced (won)"));
  }

  @Test
  void whoThrowsIsToldOfAndHearsOnAndWhoHasEndedHearsNothing() {
    Runnable unused =
        feed.subscribe(
            verdicts -> {
              throw new IllegalStateException("no");
            });
    Runnable end = feed.subscribe(this::hear);
    end.run();
    runThread();
    stated("web");
    feed.decided(List.of(decision("web", Effect.ALLOWS, "won")));
    runThread();
    assertThat(failures).hasSize(2);
    assertThat(heard).isEmpty();
  }
}
