package dev.bugle.advertiser;

import dev.bugle.advertiser.leadership.Leadership;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each source what was decided of its VIPs. A failure here changes no decision. */
final class SourceNews implements DecisionListener {

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  private final Map<String, VerdictFeed> feeds = new ConcurrentHashMap<>();

  /** From the next pass on. */
  void add(String source, VerdictFeed feed) {
    feeds.put(source, feed);
  }

  void remove(String source, VerdictFeed feed) {
    feeds.remove(source, feed);
  }

  @Override
  public void decided(Map<String, Leadership> leadership, List<VipDecision> decisions) {
    if (feeds.isEmpty()) {
      return;
    }
    Map<String, List<VipDecision>> sorted = new HashMap<>();
    feeds.keySet().forEach(source -> sorted.put(source, new ArrayList<>()));
    for (VipDecision decision : decisions) {
      List<VipDecision> its = sorted.get(SourceNames.source(decision.vip().name()));
      if (its != null && isSourced(decision)) {
        its.add(decision);
      }
    }
    sorted.forEach(this::tell);
  }

  /** A VIP of the configuration can have a name that looks like one of a source. */
  private static boolean isSourced(VipDecision decision) {
    return decision.factors().stream()
        .anyMatch(
            factor ->
                factor.kind() == Factor.Kind.SOURCE || factor.kind() == Factor.Kind.RECONCILER);
  }

  private void tell(String source, List<VipDecision> decisions) {
    VerdictFeed feed = feeds.get(source);
    if (feed != null) {
      try {
        feed.decided(decisions);
      } catch (RuntimeException e) {
        log.error("source {}: it was not told what was decided", source, e);
      }
    }
  }

  @Override
  public void handed(VipDecision decision, long nanos) {}
}
