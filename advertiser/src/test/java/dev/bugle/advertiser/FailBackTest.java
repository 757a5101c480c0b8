package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.FileLockConfig;
import dev.bugle.advertiser.leadership.FileLockElector;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.leadership.LockFiles;
import dev.bugle.advertiser.leadership.Preference;
import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a holder that is not preferred to the preferred one, with the routes of both. */
@Timeout(60)
class FailBackTest {

  private static final Vip VIP = new Vip(Route.to("203.0.113.1/32").build(), "a");

  private final ManualTicker time = new ManualTicker();
  @TempDir private Path dir;

  private FileLockElector elector(Preference preference) {
    return new FileLockElector(
        new FileLockConfig(
            dir.resolve("vip.lock"),
            Duration.ofMillis(10),
            Duration.ofSeconds(2),
            preference,
            Handover.WITHDRAW_FIRST),
        time);
  }

  private Reconciler reconciler(Elector elector, RecordingSink sink) {
    return new Reconciler(
        new Plan(List.of(VIP), Map.of("a", new Contest(elector, Handover.WITHDRAW_FIRST))),
        new Ports(
            Map::of, () -> new Reach(Reach.State.UP, 0), new Drains(), AddressSink.NONE, sink),
        new Journal(() -> {}),
        time);
  }

  private static void begin(Elector elector) {
    elector.stand(true);
    elector.start(() -> {});
  }

  private boolean isHeld(Elector elector) {
    return elector.leadership().isHeldAt(time.nanos());
  }

  @Test
  void itsRouteIsWithdrawnAndFlushedBeforeThePreferredOneAnnounces() throws Exception {
    LockFiles.established(dir.resolve("vip.lock"));
    List<String> log = new ArrayList<>();
    RecordingSink sink = new RecordingSink(log);
    try (Elector other = elector(Preference.failingBackAfter(Duration.ZERO));
        Elector preferred = elector(Preference.PREFERRED)) {
      Reconciler here = reconciler(other, sink);
      Reconciler there = reconciler(preferred, new RecordingSink(log));
      begin(other);
      Eventually.is(() -> isHeld(other), other::leadership);
      here.pass();

      begin(preferred);
      Eventually.is(() -> other.leadership().isYielding(), other::leadership);
      here.pass();
      there.pass();
      assertThat(log).containsExactly("set [203.0.113.1/32]", "set []");
      assertThat(isHeld(preferred)).isFalse();

      sink.completeAll();
      here.pass();
      Eventually.is(() -> isHeld(preferred), preferred::leadership);
      there.pass();
      assertThat(log).hasSize(3).endsWith("set [203.0.113.1/32]");
      assertThat(isHeld(other)).isFalse();
    }
  }
}
