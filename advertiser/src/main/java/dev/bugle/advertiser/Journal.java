package dev.bugle.advertiser;

import dev.bugle.advertiser.config.Vip;
import dev.bugle.advertiser.leadership.Leadership;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one log line per change of a leadership or of a VIP. */
final class Journal {

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  private final Map<String, String> leaderships = new HashMap<>();
  private final Map<Vip, Boolean> announced = new HashMap<>();

  void write(Map<String, Leadership> leadership, List<VipDecision> decisions) {
    leadership.forEach(this::write);
    decisions.forEach(this::write);
  }

  private void write(String name, Leadership known) {
    String text = known.state().name().toLowerCase(Locale.ROOT) + ": " + known.reason();
    if (!text.equals(leaderships.put(name, text))) {
      log.info("leadership {}: {}", name, text);
    }
  }

  private void write(VipDecision decision) {
    Boolean before = announced.put(decision.vip(), decision.announced());
    if (before == null || before != decision.announced()) {
      String verb =
          decision.announced() ? "announced" : before == null ? "not announced" : "withdrawn";
      log.info("VIP {}: {} ({})", decision.vip(), verb, decision.reason());
    }
  }
}
