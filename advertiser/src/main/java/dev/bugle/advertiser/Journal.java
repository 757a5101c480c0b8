package dev.bugle.advertiser;

import dev.bugle.advertiser.leadership.Leadership;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one log line per change of a leadership or of a VIP. */
final class Journal implements DecisionListener {

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  private final Runnable written;
  private final Map<String, String> leaderships = new HashMap<>();
  private final Map<String, Posture> postures = new HashMap<>();

  /**
   * With nothing to compare to yet.
   *
   * @param written called after each VIP: a log may be slow
   */
  Journal(Runnable written) {
    this.written = written;
  }

  @Override
  public void decided(Map<String, Leadership> leadership, List<VipDecision> decisions) {
    leadership.forEach(this::write);
    decisions.forEach(this::write);
    if (postures.size() > decisions.size()) {
      forgetOthers(decisions);
    }
    if (leaderships.size() > leadership.size()) {
      leaderships.keySet().retainAll(leadership.keySet());
    }
  }

  /** In a set: there may be very many. */
  private void forgetOthers(List<VipDecision> decisions) {
    Set<String> names = new HashSet<>();
    decisions.forEach(decision -> names.add(decision.vip().name()));
    postures.keySet().retainAll(names);
  }

  @Override
  public void handed(VipDecision decision, long nanos) {}

  private void write(String name, Leadership known) {
    String text = known.state().name().toLowerCase(Locale.ROOT) + ": " + known.reason();
    if (!text.equals(leaderships.put(name, text))) {
      log.info("leadership {}: {}", name, text);
    }
  }

  private void write(VipDecision decision) {
    Posture before = postures.put(decision.vip().name(), decision.posture());
    if (before != decision.posture()) {
      String verb =
          before == null && !decision.announced() ? "not announced" : decision.posture().toString();
      log.info("VIP {}: {} ({})", decision.vip(), verb, decision.reason());
    }
    written.run();
  }
}
