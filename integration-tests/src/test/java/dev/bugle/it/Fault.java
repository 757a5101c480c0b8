package dev.bugle.it;

import java.time.Duration;

/**
 * What was done to a node, or to all of them.
 *
 * @param what for people
 * @param node to whom
 * @param from not later than it began
 * @param until not earlier than it was over; {@link Long#MAX_VALUE} while it is not
 * @param mute whether the router hears nothing of the node meanwhile
 * @param gap how long the VIP may be unannounced because of it
 */
record Fault(String what, String node, long from, long until, boolean mute, Duration gap) {

  @Override
  public String toString() {
    return what + " of " + node;
  }
}
