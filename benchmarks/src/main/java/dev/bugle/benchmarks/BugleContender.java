package dev.bugle.benchmarks;

import dev.bugle.advertiser.Advertiser;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.config.OnStop;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The advertiser as it is, with an election that is won and lost on command. */
final class BugleContender implements Contender {

  static final String NAME = "bugle";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String trigger() {
    return "leadership lost in the elector of the advertiser";
  }

  @Override
  public Optional<String> absence() {
    return Optional.empty();
  }

  @Override
  public Speaker start(Path directory, InetSocketAddress receiver) {
    CommandedElector elector = new CommandedElector();
    Advertiser advertiser =
        Advertiser.start(
            AdvertiserConfig.builder(SpeakerConfig.builder(AS, "192.0.2.1").build())
                .onStop(OnStop.withdraw(""))
                .peers(
                    Neighbor.of(
                        PeerConfig.builder(MeasuringPeer.ADDRESS, MeasuringPeer.AS)
                            .port(receiver.getPort())
                            .build()))
                .vips(new Vip(Route.to(MeasuredRoute.PREFIX).build(), NAME))
                .build(),
            Map.of(NAME, elector));
    return new Program(advertiser, elector);
  }

  /** Wins and loses when it is told to. */
  private static final class CommandedElector implements Elector {

    private static final long RELEASE_SECONDS = 5;

    private final Ticker ticker = Ticker.system();
    private volatile Leadership leadership = Leadership.waiting(ticker.nanos(), "not won yet");
    private volatile Runnable changed = () -> {};
    private final Semaphore released = new Semaphore(0);
    private boolean candidate; // Guarded by this.

    @Override
    public synchronized void stand(boolean whether) {
      candidate = whether;
      notifyAll();
    }

    @Override
    public void start(Runnable whenChanged) {
      changed = whenChanged;
    }

    /** Waits until the advertiser stands, which it does when it has seen that a session is up. */
    void win() {
      awaitCandidate();
      leadership = Leadership.held(Long.MAX_VALUE, ticker.nanos(), "won on command");
      changed.run();
    }

    private synchronized void awaitCandidate() {
      try {
        while (!candidate) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void lose() {
      leadership = Leadership.lost(ticker.nanos(), "lost on command");
      changed.run();
    }

    /** Waits until the advertiser has let go of what was lost. */
    void awaitRelease() throws IOException {
      try {
        if (!released.tryAcquire(RELEASE_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("leadership is not released");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    @Override
    public Leadership leadership() {
      return leadership;
    }

    @Override
    public void release() {
      leadership = Leadership.waiting(ticker.nanos(), "released");
      released.release();
    }

    @Override
    public void close() {
      release();
    }
  }

  private record Program(Advertiser advertiser, CommandedElector elector) implements Speaker {

    @Override
    public Optional<InetSocketAddress> address() {
      return Optional.empty();
    }

    @Override
    public void announce() {
      elector.win();
    }

    @Override
    public void withdraw() {
      elector.lose();
    }

    @Override
    public void settle() throws IOException {
      if (elector.leadership().state() != Leadership.State.HELD) {
        elector.awaitRelease();
      }
    }

    @Override
    public void close() {
      advertiser.close();
    }
  }
}
