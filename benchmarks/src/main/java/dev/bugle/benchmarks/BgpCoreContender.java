package dev.bugle.benchmarks;

import dev.bugle.bgp.Announcement;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The library alone: an announcement is closed. What the advertiser can reach at best. */
final class BgpCoreContender implements Contender {

  @Override
  public String name() {
    return "bgp-core";
  }

  @Override
  public String trigger() {
    return "Announcement.close() of the library";
  }

  @Override
  public Optional<String> absence() {
    return Optional.empty();
  }

  @Override
  public Speaker start(Path directory, InetSocketAddress receiver) {
    BgpSpeaker speaker = BgpSpeaker.open(SpeakerConfig.builder(AS, "192.0.2.1").build());
    speaker.peer(
        PeerConfig.builder(MeasuringPeer.ADDRESS, MeasuringPeer.AS)
            .port(receiver.getPort())
            .build());
    return new Library(speaker);
  }

  private static final class Library implements Speaker {

    private final BgpSpeaker speaker;
    private @Nullable Announcement announcement;

    Library(BgpSpeaker speaker) {
      this.speaker = speaker;
    }

    @Override
    public Optional<InetSocketAddress> address() {
      return Optional.empty();
    }

    @Override
    public void announce() {
      announcement = speaker.announce(Route.to(MeasuredRoute.PREFIX).build());
    }

    @Override
    public void withdraw() {
      if (announcement != null) {
        announcement.close();
      }
    }

    @Override
    public void settle() {}

    @Override
    public void close() {
      speaker.close();
    }
  }
}
