package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.wire.State;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand sessions on either side: 25 addresses here, 40 there, each with each. */
@Timeout(180)
class ManySessionsTest {

  private static final int HERE = 25;
  private static final int THERE = 40;

  /**
   * The detection time has no say in what the sessions cost; this one forgives the other tests that
   * run on the machine at the same time. Short ones: benchmarks/bfd.
   */
  private static final BfdProfile PROFILE = BfdProfile.of(Duration.ofMillis(300), 10);

  /**
   * Of one core, for both speakers together, on a busy machine. About half of it is due to the 65
   * sockets that so many pairs of addresses need here: with one socket for a thousand sessions a
   * speaker took a sixth of a core.
   */
  private static final double CPU_BOUND = 1.2;

  /** So many packets of each session take about ten seconds. */
  private static final long PACKETS = 38;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Test
  void aThousandSessionsStayUpAndTakeLittleTime() throws Exception {
    try (CapturedLog log = new CapturedLog(); // four lines for each session
        BfdSpeaker a = speaker(1, HERE);
        BfdSpeaker b = speaker(2, THERE)) {
      List<BfdSession> sessions = new ArrayList<>();
      for (int i = 0; i < HERE * THERE; i++) {
        String here = address(1, i % HERE);
        String there = address(2, i / HERE);
        sessions.add(a.session(config(there, here), BfdListener.NONE));
        sessions.add(b.session(config(here, there), BfdListener.NONE));
      }
      assertThat(sessions).hasSize(2000);
      Deadline.until(
          "all to be UP",
          () -> sessions.stream().allMatch(session -> session.status().state() == State.UP));
      BfdSession last = sessions.get(sessions.size() - 1);
      awaitPackets(last, 4); // what is slow at first has been done

      long threadA = TwoSpeakers.threadOf(a).getId();
      long threadB = TwoSpeakers.threadOf(b).getId();
      long cpuBefore = THREADS.getThreadCpuTime(threadA) + THREADS.getThreadCpuTime(threadB);
      long began = System.nanoTime();
      awaitPackets(last, PACKETS);
      double seconds = (System.nanoTime() - began) / 1e9;
      long cpu = THREADS.getThreadCpuTime(threadA) + THREADS.getThreadCpuTime(threadB) - cpuBefore;
      double share = cpu / 1e9 / seconds;

      String message =
          "1000 sessions at 300 ms: %.1f %% of a core for both sides together over %.1f s"
              .formatted(share * 100, seconds);
      System.out.println(message);
      assertThat(sessions)
          .allSatisfy(
              session -> {
                assertThat(session.status().state()).isEqualTo(State.UP);
                assertThat(session.status().counters().flaps()).isZero();
                assertThat(session.status().counters().dropped()).isEmpty();
              });
      assertThat(share).as(message).isLessThan(CPU_BOUND);
      assertThat(log.lines()).noneMatch(line -> line.contains("ERROR"));
    }
  }

  private static void awaitPackets(BfdSession session, long more) {
    long from = session.status().counters().received();
    Deadline.until("packets", () -> session.status().counters().received() >= from + more);
  }

  private static String address(int side, int number) {
    return "127.81." + side + "." + (number + 1);
  }

  private static BfdSpeaker speaker(int side, int addresses) {
    BfdConfig.Builder config = BfdConfig.builder();
    for (int i = 0; i < addresses; i++) {
      config.localAddress(address(side, i));
    }
    return BfdSpeaker.open(config.build());
  }

  private static BfdSessionConfig config(String peer, String local) {
    return TwoSpeakers.config(peer, local, PROFILE, Optional.empty());
  }
}
