package dev.bugle.bgp;

import dev.bugle.bgp.rib.table.DecisionStep;
import dev.bugle.bgp.rib.table.LearnedPath;
import java.util.Optional;

/**
 * A path in the routing table, for people who want to know why.
 *
 * @param path what was learned of whom
 * @param lostIn the step of the decision that it lost in; empty for the best one
 */
public record KnownPath(LearnedPath path, Optional<DecisionStep> lostIn) {

  /** Whether it is the best one. */
  public boolean isBest() {
    return lostIn.isEmpty();
  }

  /** Why it is not the best one, in words; empty for the best one. */
  public Optional<String> reason() {
    return lostIn.map(
        step -> step == DecisionStep.ELIGIBLE ? path.imported().eligibility().text() : step.loss());
  }
}
