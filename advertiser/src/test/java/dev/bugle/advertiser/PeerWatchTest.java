package dev.bugle.advertiser;

import static dev.bugle.bgp.session.SessionState.ESTABLISHED;
import static dev.bugle.bgp.session.SessionState.IDLE;
import static dev.bugle.bgp.session.SessionState.OPEN_CONFIRM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.SpeakerConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions come and go. */
class PeerWatchTest {

  private final ManualTicker ticker = new ManualTicker();
  private final AtomicInteger changes = new AtomicInteger();
  private final PeerWatch watch = new PeerWatch(ticker, changes::incrementAndGet);
  private final BgpSpeaker speaker =
      BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build());
  private final Peer one = peer("127.0.0.1");
  private final Peer two = peer("127.0.0.2");

  private Peer peer(String address) {
    return speaker.peer(PeerConfig.builder(address, 65000).passive(true).build());
  }

  @AfterEach
  void closeSpeaker() {
    speaker.close();
  }

  private Reach after(long nanos, Reach.State state) {
    return new Reach(state, ticker.nanos() - nanos);
  }

  @Test
  void oneSessionThatIsUpIsEnoughAndTheLastThatGoesCounts() {
    assertThat(watch.reach()).isEqualTo(after(0, Reach.State.NEVER));

    ticker.advance(Duration.ofNanos(10));
    watch.stateChanged(one, OPEN_CONFIRM, ESTABLISHED, "");
    assertThat(watch.reach()).isEqualTo(after(0, Reach.State.UP));
    ticker.advance(Duration.ofNanos(10));
    watch.stateChanged(two, OPEN_CONFIRM, ESTABLISHED, "");
    watch.stateChanged(one, ESTABLISHED, IDLE, "");
    assertThat(watch.reach()).isEqualTo(after(10, Reach.State.UP));

    watch.stateChanged(two, ESTABLISHED, IDLE, "");
    assertThat(watch.reach()).isEqualTo(after(0, Reach.State.DOWN));
    assertThat(changes).hasValue(2);
  }

  @Test
  void sessionsThatDoNotComeUpChangeNothing() {
    watch.stateChanged(one, IDLE, OPEN_CONFIRM, "");
    watch.stateChanged(one, OPEN_CONFIRM, IDLE, "");
    assertThat(watch.reach().state()).isEqualTo(Reach.State.NEVER);
    assertThat(changes).hasValue(0);
  }
}
