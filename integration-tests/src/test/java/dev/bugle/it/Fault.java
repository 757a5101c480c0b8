package dev.bugle.it;

import java.time.Duration;

/**
 * What was done to a node, or to all of them.
 *
 * @param what for people
 * @param node to whom
 * @param from not later than it began
 * @param until not earlier than it was over; {@link Long#MAX_VALUE} while it is not
 * @param unheard for how long from its beginning routes of the node may stand because it cannot
 *     withdraw them, if it lasts as long; zero: it can
 * @param gap how long the VIP may be unannounced because of it
 */
record Fault(String what, String node, long from, long until, Duration unheard, Duration gap) {

  @Override
  public String toString() {
    return what + " of " + node;
  }
}
