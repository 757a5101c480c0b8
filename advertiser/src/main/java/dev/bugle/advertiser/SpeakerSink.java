package dev.bugle.advertiser;

import dev.bugle.bgp.Announcement;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Announces by a BGP speaker. */
final class SpeakerSink implements RouteSink {

  private final BgpSpeaker speaker;
  private final Map<Route, Announcement> announced = new LinkedHashMap<>();

  SpeakerSink(BgpSpeaker speaker) {
    this.speaker = speaker;
  }

  @Override
  public void set(Set<Route> routes) {
    List<Route> superseded = new ArrayList<>();
    for (Route route : List.copyOf(announced.keySet())) {
      if (!routes.contains(route)) {
        if (hasPrefix(routes, route.prefix())) {
          superseded.add(route);
        } else {
          withdraw(route);
        }
      }
    }
    for (Route route : routes) {
      if (!announced.containsKey(route)) {
        announced.put(route, speaker.announce(route));
      }
    }
    // After its successor is there, so that the peers see a replacement and no gap.
    superseded.forEach(this::withdraw);
  }

  private static boolean hasPrefix(Set<Route> routes, Prefix prefix) {
    for (Route route : routes) {
      if (route.prefix().equals(prefix)) {
        return true;
      }
    }
    return false;
  }

  private void withdraw(Route route) {
    Announcement announcement = announced.get(route);
    if (announcement != null) {
      announcement.close();
      announced.remove(route);
    }
  }

  @Override
  public CompletionStage<Void> flush() {
    return speaker.flush();
  }
}
