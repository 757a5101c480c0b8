package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.State;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Garbage as fast as the loopback interface carries it. */
@Timeout(120)
class FloodTest {

  private static final String A = "127.80.8.1";
  private static final String B = "127.80.8.2";
  private static final String STRANGER = "127.80.8.3";
  private static final BfdProfile PROFILE = BfdProfile.of(Duration.ofMillis(100), 3);
  private static final long FLOOD_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Packets in a second of a processor; there is room for ten times as many. */
  private static final double LEAST_RATE = 20_000;

  /** Packets read in a second; on a machine that has time for fewer, a flood shows nothing. */
  private static final double FLOOD_RATE = 10_000;

  private static final int ATTEMPTS = 3;
  private static final Duration STANDSTILL = Duration.ofMillis(200);

  private Duration longestOwnDelay = Duration.ZERO;
  private double readRate = FLOOD_RATE;

  /** A machine that stands still for longer than the Detection Time shows nothing: once more. */
  @Test
  void aFloodTakesNoSessionDownAndCostsNoMemory() throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        withstandAFlood();
        return;
      } catch (AssertionError failed) {
        boolean heldUp = longestOwnDelay.compareTo(STANDSTILL) >= 0 || readRate < FLOOD_RATE;
        if (attempt == ATTEMPTS || !heldUp) {
          throw failed;
        }
      }
    }
  }

  private void withstandAFlood() throws Exception {
    longestOwnDelay = Duration.ZERO;
    readRate = FLOOD_RATE;
    try (TwoSpeakers two = new TwoSpeakers(A, B);
        RawPeer stranger = RawPeer.sender(STRANGER, A);
        RawPeer neighbour = RawPeer.sender(B, A)) {
      two.up(PROFILE);
      List<RawPeer.Repeated> garbage = garbage(two, stranger, neighbour);
      flood(garbage, FLOOD_NANOS / 10); // so that everything is compiled
      long thread = TwoSpeakers.threadOf(two.a).getId();
      long allocatedBefore = THREADS.getThreadAllocatedBytes(thread);
      long readBefore = refused(two);
      try (CapturedLog log = new CapturedLog()) {
        long cpuBefore = THREADS.getThreadCpuTime(thread);
        long began = System.nanoTime();
        Sent sent = flood(garbage, FLOOD_NANOS);
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpuSeconds = (THREADS.getThreadCpuTime(thread) - cpuBefore) / 1e9;
        long allocated = THREADS.getThreadAllocatedBytes(thread) - allocatedBefore;
        long read = refused(two) - readBefore;
        String message =
            ("flood: %.0f packets/s sent, %.0f packets/s read, %.0f in a second of the processor,"
                    + " %.4f octets allocated for each")
                .formatted(
                    sent.packets() / seconds,
                    read / seconds,
                    read / cpuSeconds,
                    (double) allocated / read);
        readRate = read / seconds;
        System.out.println(message);
        note(two.heardByA.all());
        note(two.heardByB.all());
        assertThat(sent.packets() / sent.cpuSeconds()).as(message).isGreaterThan(LEAST_RATE);
        assertThat(read / cpuSeconds).as(message).isGreaterThan(LEAST_RATE / 2);
        assertThat(readRate).as(message).isGreaterThan(FLOOD_RATE / 10);
        assertThat((double) allocated / read).as(message).isLessThan(1);
        assertThat(log.lines()).isEmpty();
      }
      assertThat(two.ab.status().state()).isEqualTo(State.UP);
      assertThat(two.ab.status().counters().flaps()).isZero();
      assertThat(two.ba.status().counters().flaps()).isZero();
      assertThat(two.heardByA.rest()).isEmpty();
      assertThat(two.heardByB.rest()).isEmpty();
    }
  }

  private void note(List<BfdStateChange> changes) {
    for (BfdStateChange change : changes) {
      if (change.ownDelay().compareTo(longestOwnDelay) > 0) {
        longestOwnDelay = change.ownDelay();
      }
    }
  }

  private static long refused(TwoSpeakers two) {
    return sum(two.a.discarded().values()) + sum(two.ab.status().counters().dropped().values());
  }

  private static long sum(Iterable<Long> counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /** Random octets, packets of no session, and packets of the session from elsewhere. */
  private static List<RawPeer.Repeated> garbage(
      TwoSpeakers two, RawPeer stranger, RawPeer neighbour) {
    List<RawPeer.Repeated> garbage = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 30; i++) {
      byte[] octets = new byte[random.nextInt(100)];
      random.nextBytes(octets);
      garbage.add(neighbour.repeated(octets));
    }
    ControlPacket spoofed = two.ab.status().remote().orElseThrow();
    garbage.add(stranger.repeated(RawPeer.octets(spoofed)));
    garbage.add(neighbour.repeated(RawPeer.octets(withAnotherReceiver(spoofed))));
    return garbage;
  }

  private static ControlPacket withAnotherReceiver(ControlPacket packet) {
    return new ControlPacket(
        packet.diagnostic(),
        packet.state(),
        packet.flags(),
        packet.detectMult(),
        packet.myDiscriminator(),
        packet.yourDiscriminator() + 1,
        packet.intervals(),
        packet.authentication());
  }

  /** How many packets the kernel has taken, and what time of the processor the senders took. */
  private record Sent(long packets, double cpuSeconds) {}

  /** From two threads. */
  private static Sent flood(List<RawPeer.Repeated> garbage, long nanos) throws Exception {
    AtomicLong sent = new AtomicLong();
    AtomicLong cpuNanos = new AtomicLong();
    List<Thread> senders = new ArrayList<>();
    long end = System.nanoTime() + nanos;
    for (int i = 0; i < 2; i++) {
      Thread sender =
          new Thread(
              () -> {
                long taken = 0;
                while (System.nanoTime() - end < 0) {
                  for (RawPeer.Repeated packet : garbage) {
                    taken += packet.send() ? 1 : 0;
                  }
                }
                sent.addAndGet(taken);
                cpuNanos.addAndGet(THREADS.getCurrentThreadCpuTime());
              });
      sender.start();
      senders.add(sender);
    }
    for (Thread sender : senders) {
      sender.join();
    }
    return new Sent(sent.get(), cpuNanos.get() / 1e9);
  }
}
