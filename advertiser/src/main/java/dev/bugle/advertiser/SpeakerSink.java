package dev.bugle.advertiser;

import dev.bugle.bgp.Announcement;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Announces by a BGP speaker. */
final class SpeakerSink implements RouteSink {

  private final BgpSpeaker speaker;
  private final Runnable sawToOne;
  private final Map<String, Announced> announced = new LinkedHashMap<>();

  /** What has not been returned yet; more than nothing after a call that has failed. */
  private final Map<String, CompletionStage<Void>> handed = new LinkedHashMap<>();

  private record Announced(Advertisement advertisement, Announcement announcement) {
    Prefix prefix() {
      return advertisement.route().prefix();
    }
  }

  /**
   * Announces nothing yet.
   *
   * @param sawToOne called after each VIP that is wanted, or withdrawn
   */
  SpeakerSink(BgpSpeaker speaker, Runnable sawToOne) {
    this.speaker = speaker;
    this.sawToOne = sawToOne;
  }

  @Override
  public Map<String, CompletionStage<Void>> set(Map<String, Advertisement> wanted) {
    List<String> superseded = new ArrayList<>();
    Set<Prefix> begun = begun(wanted);
    for (String name : List.copyOf(announced.keySet())) {
      if (!wanted.containsKey(name)) {
        if (isTakenOver(name, begun)) {
          superseded.add(name);
        } else {
          handed.put(name, withdraw(name));
          sawToOne.run();
        }
      }
    }
    wanted.forEach(
        (name, advertisement) -> {
          announce(name, advertisement).ifPresent(stage -> handed.put(name, stage));
          sawToOne.run();
        });
    // After their successors are there, so that the peers see a replacement and no gap.
    superseded.forEach(name -> handed.put(name, withdraw(name)));
    Map<String, CompletionStage<Void>> changed = new LinkedHashMap<>(handed);
    handed.clear();
    return changed;
  }

  /** The prefixes of the names that begin to be announced; once for all, there may be very many. */
  private Set<Prefix> begun(Map<String, Advertisement> wanted) {
    Set<Prefix> begun = new HashSet<>();
    wanted.forEach(
        (name, advertisement) -> {
          if (!announced.containsKey(name)) {
            begun.add(advertisement.route().prefix());
          }
        });
    return begun;
  }

  /** Whether another name begins to be announced with the same prefix. */
  private boolean isTakenOver(String name, Set<Prefix> begun) {
    Announced old = announced.get(name);
    return old != null && begun.contains(old.prefix());
  }

  private Optional<CompletionStage<Void>> announce(String name, Advertisement advertisement) {
    Announced old = announced.get(name);
    if (old != null && old.advertisement().equals(advertisement)) {
      return Optional.empty();
    }
    Announcement announcement = speaker.announce(advertisement.route(), advertisement.policy());
    announced.put(name, new Announced(advertisement, announcement));
    if (old == null) {
      return Optional.of(announcement.flushed());
    }
    return Optional.of(both(announcement.flushed(), old.announcement().withdraw()));
  }

  private static CompletionStage<Void> both(CompletionStage<Void> one, CompletionStage<Void> two) {
    return CompletableFuture.allOf(one.toCompletableFuture(), two.toCompletableFuture());
  }

  private CompletionStage<Void> withdraw(String name) {
    Announced old = announced.get(name);
    if (old == null) {
      return CompletableFuture.completedFuture(null);
    }
    CompletionStage<Void> withdrawal = old.announcement().withdraw();
    announced.remove(name);
    return withdrawal;
  }
}
