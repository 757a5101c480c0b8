package dev.bugle.advertiser.admin;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The open connections. One too many takes the place of that which has been without a request for
 * the longest; if all are busy it is closed itself. On the event loop.
 */
final class Connections {

  private final int most;
  private final Set<Channel> open = new LinkedHashSet<>();

  /** Those without a complete request, the longest first. */
  private final Set<Channel> waiting = new LinkedHashSet<>();

  Connections(int most) {
    this.most = most;
  }

  /** Whether there is, or was made, room for one more; then it counts until it is closed. */
  boolean add(Channel channel) {
    if (open.size() >= most) {
      Iterator<Channel> longest = waiting.iterator();
      if (!longest.hasNext()) {
        return false;
      }
      Channel last = longest.next();
      forget(last); // Now, not when its closing is heard of.
      last.close();
    }
    open.add(channel);
    waiting.add(channel);
    channel.closeFuture().addListener(closed -> forget(channel));
    return true;
  }

  private void forget(Channel channel) {
    open.remove(channel);
    waiting.remove(channel);
  }

  /** It waits for a request from now on. */
  void waiting(Channel channel) {
    if (open.contains(channel)) {
      waiting.remove(channel);
      waiting.add(channel);
    }
  }

  /** It has a request to be answered. */
  void busy(Channel channel) {
    waiting.remove(channel);
  }

  List<Channel> all() {
    return List.copyOf(open);
  }
}
