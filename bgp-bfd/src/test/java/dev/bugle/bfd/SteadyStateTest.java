package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.session.Action;
import dev.bugle.bfd.session.Action.StartDetectionTimer;
import dev.bugle.bfd.session.Action.StartTransmitTimer;
import dev.bugle.bfd.session.Action.Transmit;
import dev.bugle.bfd.session.Event;
import dev.bugle.bfd.session.RandomEvents;
import dev.bugle.bfd.session.SessionFsm;
import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.ControlPacketCodec;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A machine that is asked about everything, and one that is not asked where {@link SteadyState}
 * knows the answer, never differ. A failure names its seed.
 */
class SteadyStateTest {

  private static final int WALKS = 2000;
  private static final int EVENTS = 200;

  private static Stream<Optional<AuthenticationType>> types() {
    return Stream.concat(
        Stream.of(Optional.empty()), Arrays.stream(AuthenticationType.values()).map(Optional::of));
  }

  @ParameterizedTest
  @MethodSource("types")
  void whatItAnswersTheMachineWouldHaveAnswered(Optional<AuthenticationType> type) {
    Optional<Keys> keys = type.map(t -> Keys.of(t, 1, Secret.of("key")));
    int datagrams = 0;
    int transmissions = 0;
    for (long seed = 0; seed < WALKS; seed++) {
      Twins twins = new Twins(new Random(seed), keys);
      try {
        twins.walk();
      } catch (RuntimeException | AssertionError broken) {
        throw new AssertionError("seed " + seed, broken);
      }
      datagrams += twins.datagrams;
      transmissions += twins.transmissions;
    }
    boolean isMeticulous = type.filter(AuthenticationType::isMeticulous).isPresent();
    if (isMeticulous) {
      assertThat(datagrams).as("each packet has a number of its own").isZero();
      assertThat(transmissions).as("each packet has a number of its own").isZero();
    } else {
      assertThat(datagrams).as("datagrams that were answered").isGreaterThan(WALKS);
      assertThat(transmissions).as("transmissions that were answered").isGreaterThan(WALKS);
    }
  }

  /** The same happens to both machines. */
  private static final class Twins {
    private final Random random;
    private final RandomEvents events;
    private final SessionFsm asked;
    private final SessionFsm spared;
    private final SteadyState steady = new SteadyState();
    private ByteBuf frame = Unpooled.EMPTY_BUFFER;
    private Event lastPacket = new Event.Enable();
    int datagrams;
    int transmissions;

    Twins(Random random, Optional<Keys> keys) {
      this.random = random;
      this.events = new RandomEvents(random, keys);
      var config = events.config();
      this.asked = new SessionFsm(config);
      this.spared = new SessionFsm(config);
    }

    void walk() {
      for (int i = 0; i < EVENTS; i++) {
        Event event = next();
        if (event instanceof Event.PacketReceived packet) {
          lastPacket = packet;
          received(packet);
        } else if (event instanceof Event.TransmitTimerExpired expired) {
          timerExpired(expired);
        } else {
          steady.forget();
          ask(event);
        }
        assertThat(memoryOf(spared)).isEqualTo(memoryOf(asked));
      }
    }

    /** Steady states are made of what repeats. */
    private Event next() {
      return switch (random.nextInt(8)) {
        case 0, 1, 2 -> lastPacket;
        case 3, 4 -> new Event.TransmitTimerExpired();
        default -> events.next();
      };
    }

    private void received(Event.PacketReceived event) {
      ByteBuf datagram = octets(event.packet());
      if (steady.covers(datagram)) {
        datagrams++;
        Duration time = Duration.ofNanos(steady.detectionNanos());
        assertThat(asked.handle(event)).isEqualTo(List.of(new StartDetectionTimer(time)));
      } else {
        ControlPacket packet = ControlPacketCodec.decode(datagram.duplicate());
        steady.received(datagram, packet, ask(new Event.PacketReceived(packet)));
      }
    }

    private void timerExpired(Event event) {
      if (steady.coversTransmission()) {
        transmissions++;
        List<Action> answer = asked.handle(event);
        assertThat(answer).hasSize(2);
        assertThat(octets(((Transmit) answer.get(0)).packet())).isEqualTo(frame);
        Duration interval = Duration.ofNanos(steady.intervalNanos());
        assertThat(answer.get(1))
            .isEqualTo(new StartTransmitTimer(interval, steady.percentAtMost()));
      } else {
        steady.timerExpired(ask(event));
      }
    }

    private List<Action> ask(Event event) {
      List<Action> answer = spared.handle(event);
      assertThat(asked.handle(event)).isEqualTo(answer);
      for (Action action : answer) {
        if (action instanceof Transmit transmit) {
          frame = octets(transmit.packet());
        }
      }
      return answer;
    }

    private static ByteBuf octets(ControlPacket packet) {
      ByteBuf bytes = Unpooled.buffer(64);
      ControlPacketCodec.encode(packet, bytes);
      return bytes;
    }

    private static List<Object> memoryOf(SessionFsm fsm) {
      return List.of(
          fsm.state(),
          fsm.diagnostic(),
          fsm.remoteDiscriminator(),
          fsm.lastReceived(),
          fsm.detectionTime(),
          fsm.transmitInterval());
    }
  }
}
