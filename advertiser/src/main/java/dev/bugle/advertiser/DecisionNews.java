package dev.bugle.advertiser;

import dev.bugle.advertiser.health.Health;
import dev.bugle.advertiser.leadership.Leadership;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds what a pass has changed, and tells it. On the reconciler's thread. What changes back
 * between two passes has not been decided on by anybody, and is not told.
 */
final class DecisionNews implements DecisionListener {

  /** What makes an input another one; its reason may be worded otherwise at any time. */
  private record Input(Factor.Kind kind, String name, Factor.Effect effect, String value) {}

  private record Stand(Posture posture, List<Input> inputs) {}

  private final Subscribers subscribers;
  private final Supplier<Map<String, Health>> health;
  private final Map<String, Stand> vips = new HashMap<>();
  private final Map<String, Leadership.State> leaderships = new HashMap<>();
  private final Map<String, Health.State> checks = new HashMap<>();

  DecisionNews(Subscribers subscribers, Supplier<Map<String, Health>> health) {
    this.subscribers = subscribers;
    this.health = health;
  }

  @Override
  public void decided(Map<String, Leadership> leadership, List<VipDecision> decisions) {
    leadership.forEach(
        (name, known) -> {
          if (leaderships.put(name, known.state()) != known.state()) {
            subscribers.tell(listener -> listener.leadershipChanged(name, known));
          }
        });
    leaderships.keySet().retainAll(leadership.keySet());
    Map<String, Health> now = health.get();
    now.forEach(
        (name, known) -> {
          if (checks.put(name, known.state()) != known.state()) {
            subscribers.tell(listener -> listener.healthChanged(name, known));
          }
        });
    checks.keySet().retainAll(now.keySet());
    decided(decisions);
  }

  private void decided(List<VipDecision> decisions) {
    Set<String> gone = new HashSet<>(vips.keySet());
    for (VipDecision decision : decisions) {
      String name = decision.vip().name();
      gone.remove(name);
      Stand stand = stand(decision);
      if (!stand.equals(vips.put(name, stand))) {
        subscribers.tell(listener -> listener.vipChanged(decision));
      }
    }
    gone.forEach(
        name -> {
          vips.remove(name);
          subscribers.tell(listener -> listener.vipRemoved(name));
        });
  }

  private static Stand stand(VipDecision decision) {
    return new Stand(
        decision.posture(),
        decision.factors().stream()
            .map(f -> new Input(f.kind(), f.name(), f.effect(), f.value()))
            .toList());
  }

  @Override
  public void handed(VipDecision decision, long nanos) {}
}
