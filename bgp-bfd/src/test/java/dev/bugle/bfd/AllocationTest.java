package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import dev.bugle.bfd.wire.State;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What BFD's thread allocates while nothing but packets comes and goes. */
@Timeout(120)
class AllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A thousand packets a second each way; a quarter of a second may go by without one. */
  private static final BfdProfile FAST = BfdProfile.of(Duration.ofMillis(1), 255);

  private static final long WARM_UP = 1500;
  private static final long PACKETS = 4000;

  /** Octets for one packet that is sent and one that is received, each signed anew. */
  private static final double METICULOUS_BOUND = 8192;

  private static Stream<Optional<AuthenticationType>> types() {
    return Stream.concat(
        Stream.of(Optional.empty()), Arrays.stream(AuthenticationType.values()).map(Optional::of));
  }

  private record Measured(boolean isSteady, double packets, double allocated) {
    double each() {
      return allocated / packets;
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void aPacketThatRepeatsAllocatesNothing(Optional<AuthenticationType> type) throws Exception {
    try (TwoSpeakers two = new TwoSpeakers("127.80.6.1", "127.80.6.2")) {
      two.start(FAST, FAST, type.map(t -> Keys.of(t, 1, Secret.of("key")))).up();
      Measured measured = measure(two);
      while (!measured.isSteady()) { // the machine was held up for a quarter of a second
        two.up();
        measured = measure(two);
      }
      String message =
          "%s: %.3f octets for each of %.0f packets"
              .formatted(
                  type.map(Enum::name).orElse("no authentication"),
                  measured.each(),
                  measured.packets());
      System.out.println(message);
      boolean isMeticulous = type.filter(AuthenticationType::isMeticulous).isPresent();
      assertThat(measured.each()).as(message).isLessThan(isMeticulous ? METICULOUS_BOUND : 1);
    }
  }

  private static Measured measure(TwoSpeakers two) throws Exception {
    long thread = TwoSpeakers.threadOf(two.a).getId();
    awaitPackets(two.ab, WARM_UP);
    BfdStatus.Counters before = two.ab.status().counters();
    long allocatedBefore = THREADS.getThreadAllocatedBytes(thread);
    awaitPackets(two.ab, PACKETS);
    long allocated = THREADS.getThreadAllocatedBytes(thread) - allocatedBefore;
    BfdStatus.Counters after = two.ab.status().counters();
    return new Measured(
        after.flaps() == before.flaps() && two.ab.status().state() == State.UP,
        after.received() - before.received() + after.sent() - before.sent(),
        allocated);
  }

  private static void awaitPackets(BfdSession session, long more) {
    long from = session.status().counters().received();
    Deadline.until("packets", () -> session.status().counters().received() >= from + more);
  }
}
