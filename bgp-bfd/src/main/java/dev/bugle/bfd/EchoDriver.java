package dev.bugle.bfd;

import dev.bugle.bfd.linux.NativeMemory;
import dev.bugle.bfd.session.EchoFunction;
import dev.bugle.bfd.session.SessionFsm;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The driver of a session's {@link EchoFunction}: sends echo packets while the session is UP and
 * the other side returns them, and finds out when they no longer come back. On BFD's thread.
 */
final class EchoDriver {

  private static final int SECRET = 0;
  private static final int NUMBER = 8;
  private static final int LENGTH = 12;
  private static final int PERCENT_AT_LEAST = 75;
  private static final long LEAST_HOLD = TimeUnit.SECONDS.toNanos(1);
  private static final long MOST_HOLD = TimeUnit.SECONDS.toNanos(64);

  private final EchoLink link;
  private final BfdThread thread;
  private final NativeMemory payload;
  private final ByteBuf payloadBytes;
  private final long secret = new SecureRandom().nextLong();
  private final SplittableRandom random = new SplittableRandom();
  private final EchoFunction function = new EchoFunction();
  private final Alarm alarm = new EchoAlarm();
  private Runnable whenFailed = () -> {};
  private Optional<Duration> interval = Optional.empty();
  private int detectMult = 1;
  private long began;
  private long hold;
  private long heldUntil = System.nanoTime();

  EchoDriver(EchoLink link, BfdThread thread, NativeMemory payload) {
    this.link = link;
    this.thread = thread;
    this.payload = payload;
    this.payloadBytes = Unpooled.wrappedBuffer(payload.bytes());
    payloadBytes.setLong(SECRET, secret);
    link.whenReturned(this::returned);
  }

  /** Memory for what is sent. */
  static int payloadLength() {
    return LENGTH;
  }

  void whenFailed(Runnable action) {
    whenFailed = action;
  }

  /**
   * Whether the session must not come up yet. Echo packets may not be sent before it is UP, so that
   * a path on which only they are lost would take it up and down several times a second.
   */
  boolean holdsDown() {
    return heldUntil - thread.now() > 0;
  }

  boolean isActive() {
    return interval.isPresent();
  }

  /** The session is as it is now; begins, ends or changes what is sent. */
  void update(SessionFsm fsm, BfdProfile profile) {
    Optional<Duration> wanted =
        EchoFunction.interval(fsm.state(), profile.echoInterval(), fsm.lastReceived());
    detectMult = profile.timing().detectMult();
    if (wanted.equals(interval)) {
      return;
    }
    boolean begins = interval.isEmpty();
    interval = wanted;
    if (wanted.isEmpty()) {
      thread.transmitAlarms().clear(alarm);
    } else if (begins) {
      began = thread.now();
      function.start();
      link.resolve();
      setAlarm();
    }
  }

  /** RFC 5880 §6.8.9. */
  private void setAlarm() {
    long nanos = interval.map(Duration::toNanos).orElse(0L);
    long least = nanos / 100 * PERCENT_AT_LEAST;
    thread
        .transmitAlarms()
        .set(alarm, System.nanoTime() + least + random.nextLong(nanos - least + 1));
  }

  private void returned(ByteBuf received) {
    int start = received.readerIndex();
    if (received.readableBytes() == LENGTH && received.getLong(start + SECRET) == secret) {
      function.returned(received.getInt(start + NUMBER));
    }
  }

  void close() {
    thread.transmitAlarms().clear(alarm);
    link.close();
  }

  private final class EchoAlarm extends Alarm {
    @Override
    void ring() {
      if (function.hasFailed(detectMult)) {
        boolean heldWell = thread.now() - began > MOST_HOLD;
        hold = heldWell ? LEAST_HOLD : Math.min(MOST_HOLD, Math.max(LEAST_HOLD, 2 * hold));
        heldUntil = thread.now() + hold;
        whenFailed.run();
        return;
      }
      // An echo that cannot even be sent is none that the other side has failed to return.
      if (link.isResolved() || link.resolve()) {
        payloadBytes.setInt(NUMBER, function.next());
        link.send(payload, LENGTH);
      }
      setAlarm();
    }
  }
}
