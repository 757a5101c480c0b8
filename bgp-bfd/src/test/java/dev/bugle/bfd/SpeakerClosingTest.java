package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.wire.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever was opened is closed, in whatever order. */
@Timeout(120)
class SpeakerClosingTest {

  private static final String A = "127.80.3.1";
  private static final String B = "127.80.3.2";
  private static final BfdProfile PATIENT = BfdProfile.of(Duration.ofMillis(40), 50);

  private final Set<String> descriptors = Descriptors.ofSockets();
  private final Set<Thread> threads = threads();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private static Set<Thread> threads() {
    return new HashSet<>(
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("bfd"))
            .toList());
  }

  private BfdSpeaker open(String address) {
    return BfdSpeaker.open(
        BfdConfig.builder().localAddress(address).realTimePriority(0).meters(meters).build());
  }

  private static BfdSessionConfig config(String peer, String local) {
    return TwoSpeakers.config(peer, local, PATIENT, Optional.empty());
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(Descriptors.ofSockets()).isEqualTo(descriptors);
    // Whoever waits for an executor may be told so a moment before its thread has gone.
    Deadline.until("the threads to end", () -> threads().equals(threads), threads()::toString);
    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void closeLeavesNoThreadNoDescriptorAndNoMeter() {
    for (int i = 0; i < 10; i++) {
      Changes heard = new Changes();
      try (BfdSpeaker a = open(A);
          TwoSpeakers others = new TwoSpeakers("127.80.3.4", B)) {
        a.session(config(B, A), heard);
        others.b.session(config(A, B), BfdListener.NONE);
        a.session(BfdSessionConfig.multihop(B, A).build(), BfdListener.NONE);
        a.session(config("127.80.3.3", A), BfdListener.NONE).close();
        heard.await(State.UP);
        assertThat(Descriptors.ofSockets()).hasSizeGreaterThan(descriptors.size() + 4);
        assertThat(threads()).hasSizeGreaterThan(threads.size() + 2);
      }
    }
  }

  @Test
  void closingTwiceIsClosingOnce() {
    BfdSpeaker speaker = open(A);
    speaker.close();
    speaker.close();
  }

  @Test
  void aListenerMayNotCloseTheSpeakerButMayCloseTheSession() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    try (BfdSpeaker a = open(A);
        BfdSpeaker b = open(B)) {
      b.session(config(A, B), BfdListener.NONE);
      a.session(
          config(B, A),
          (session, change) -> {
            if (change.to() == State.UP) {
              try {
                a.close();
                answer.complete("it was allowed");
              } catch (IllegalStateException refused) {
                session.close();
                answer.complete(String.valueOf(refused.getMessage()));
              }
            }
          });
      assertThat(answer.get(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo("close() waits and must not be called by a listener");
      assertThat(a.sessions()).isEmpty();
    }
  }

  /** Its socket is closed, and the number of that may be another file's by now. */
  @Test
  void aClosedSessionSendsNothingMore() {
    try (BfdSpeaker a = open(A);
        RawPeer peer = RawPeer.open(B, A)) {
      BfdSession session = a.session(config(B, A), BfdListener.NONE);
      peer.comeUp();
      session.close();
      peer.await("AdminDown", packet -> packet.state() == State.ADMIN_DOWN);
      CompletableFuture<BfdStatus.Counters> last = new CompletableFuture<>();
      a.thread().execute(() -> last.complete(session.status().counters()));
      BfdStatus.Counters counters = last.join();
      session.enable();
      session.apply(BfdProfile.of(Duration.ofMillis(50), 5));
      session.poll();
      session.disable();
      session.close();
      CompletableFuture<State> state = new CompletableFuture<>();
      a.thread().execute(() -> state.complete(session.status().state()));
      assertThat(state.join()).isEqualTo(State.ADMIN_DOWN);
      assertThat(session.status().counters()).isEqualTo(counters);
      assertThat(counters.notSent()).isZero();
    }
  }

  @RepeatedTest(20)
  void sessionsMayComeAndGoOnAnyThreadWhileTheSpeakerIsClosed() throws Exception {
    int count = 8;
    BfdSpeaker speaker = open(A);
    CountDownLatch begun = new CountDownLatch(count * 20);
    ConcurrentLinkedQueue<Throwable> unforeseen = new ConcurrentLinkedQueue<>();
    List<Thread> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String peers = "127.80.4." + i % 3;
      Thread user = new Thread(() -> use(speaker, peers, begun, unforeseen));
      user.start();
      users.add(user);
    }
    assertThat(begun.await(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    speaker.close();
    for (Thread user : users) {
      user.join(Deadline.LIMIT.toMillis());
      assertThat(user.isAlive()).isFalse();
    }
    assertThat(unforeseen).isEmpty();
    assertThat(speaker.sessions()).isEmpty();
  }

  private static void use(
      BfdSpeaker speaker, String peer, CountDownLatch begun, ConcurrentLinkedQueue<Throwable> bad) {
    try {
      while (true) {
        begun.countDown();
        try {
          BfdSession session = speaker.session(config(peer, A), BfdListener.NONE);
          session.poll();
          session.apply(PATIENT);
          session.status();
          if ((System.nanoTime() & 3) != 0) {
            session.close();
          }
        } catch (IllegalArgumentException taken) {
          speaker.sessions().forEach(BfdSession::close);
        }
      }
    } catch (IllegalStateException closed) {
      // as it should be
    } catch (RuntimeException | Error other) {
      bad.add(other);
    }
  }
}
