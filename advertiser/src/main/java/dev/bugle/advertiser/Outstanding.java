package dev.bugle.advertiser;

import dev.bugle.advertiser.addresses.BoundAddress;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.advertiser.vip.Vip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What the sockets of peers do not have yet: the withdrawals, for those who wait for them, and how
 * long each change of posture takes to get there.
 */
final class Outstanding {

  private record Withdrawal(Vip vip, CompletableFuture<Void> handed, long deadline) {}

  private final DecisionListener listener;
  private final Ticker ticker;
  private final Runnable wake;
  private final List<Withdrawal> withdrawals = new ArrayList<>();
  private final Map<String, VipDecision> previous = new HashMap<>();

  /** Nothing yet; wakes that one whenever something has been handed over. */
  Outstanding(DecisionListener listener, Ticker ticker, Runnable wake) {
    this.listener = listener;
    this.ticker = ticker;
    this.wake = wake;
  }

  /** What was decided, and what that changed for the peers. */
  void add(List<VipDecision> decisions, Map<String, CompletionStage<Void>> changed, long now) {
    Map<String, VipDecision> latest = new HashMap<>();
    decisions.forEach(decision -> latest.put(decision.vip().name(), decision));
    changed.forEach(
        (name, stage) -> {
          CompletableFuture<Void> handed = stage.toCompletableFuture();
          Optional<VipDecision> before = Optional.ofNullable(previous.get(name));
          Optional<VipDecision> after = Optional.ofNullable(latest.get(name));
          if (after.filter(VipDecision::announced).isEmpty()) {
            before.ifPresent(was -> await(was.vip(), handed, now));
          }
          after
              .filter(is -> before.filter(was -> was.posture() == is.posture()).isEmpty())
              .filter(is -> before.filter(was -> was.hadSeen(is.cause())).isEmpty())
              .ifPresent(news -> measure(news, causedAt(news, before, now), handed));
        });
    previous.clear();
    previous.putAll(latest);
  }

  private void await(Vip withdrawn, CompletableFuture<Void> handed, long now) {
    withdrawals.add(new Withdrawal(withdrawn, handed, now + Handovers.FLUSH_LIMIT.toNanos()));
    CompletableFuture<Void> unused = handed.whenComplete((nothing, failure) -> wake.run());
  }

  private void measure(VipDecision news, long causedAt, CompletableFuture<Void> handed) {
    CompletableFuture<Void> unused =
        handed.thenRun(() -> listener.handed(news, ticker.nanos() - causedAt));
  }

  /** When the cause came up, or had another effect because its time was over. */
  private static long causedAt(VipDecision news, Optional<VipDecision> before, long now) {
    Factor cause = news.cause();
    return before.stream()
        .flatMap(was -> was.factors().stream())
        .filter(known -> known.kind() == cause.kind() && known.name().equals(cause.name()))
        .filter(known -> known.since() == cause.since() && known.until() <= now)
        .mapToLong(Factor::until)
        .findAny()
        .orElse(cause.since());
  }

  /** Forgets what is done, or has waited long enough. */
  void prune(long now) {
    withdrawals.removeIf(one -> one.handed().isDone() || now >= one.deadline());
  }

  /** Completes when all withdrawals under that leadership so far have been handed over. */
  CompletableFuture<Void> handed(String leadership) {
    return CompletableFuture.allOf(
        withdrawals.stream()
            .filter(one -> one.vip().leadership().equals(leadership))
            .map(Withdrawal::handed)
            .toArray(CompletableFuture<?>[]::new));
  }

  /** The addresses that stay until no peer has a route to them any more. */
  Set<BoundAddress> addresses() {
    Set<BoundAddress> addresses = new HashSet<>();
    withdrawals.forEach(one -> Factors.address(one.vip()).ifPresent(addresses::add));
    return addresses;
  }

  boolean isEmpty() {
    return withdrawals.isEmpty();
  }

  /** When {@link #prune} must be called at the latest. */
  long nextDeadline() {
    return withdrawals.stream().mapToLong(Withdrawal::deadline).min().orElse(Long.MAX_VALUE);
  }
}
