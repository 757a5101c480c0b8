package dev.bugle.bfd;

import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Two speakers on two addresses of the loopback interface, and a session between them. */
final class TwoSpeakers implements AutoCloseable {

  final SimpleMeterRegistry metersOfA = new SimpleMeterRegistry();
  final Changes heardByA = new Changes();
  final Changes heardByB = new Changes();
  final BfdSpeaker a;
  final BfdSpeaker b;
  BfdSession ab;
  BfdSession ba;

  private final String addressA;
  private final String addressB;

  TwoSpeakers(String addressA, String addressB) {
    this.addressA = addressA;
    this.addressB = addressB;
    this.a = BfdSpeaker.open(BfdConfig.builder().localAddress(addressA).meters(metersOfA).build());
    this.b = BfdSpeaker.open(BfdConfig.builder().localAddress(addressB).build());
  }

  /** Starts a session between them; A first. */
  TwoSpeakers start(BfdProfile profileOfA, BfdProfile profileOfB, Optional<Keys> keys) {
    ab = a.session(config(addressB, addressA, profileOfA, keys), heardByA);
    ba = b.session(config(addressA, addressB, profileOfB, keys), heardByB);
    return this;
  }

  /** Starts a session with one profile for both, and waits until it is UP on either side. */
  TwoSpeakers up(BfdProfile profile) {
    return start(profile, profile, Optional.empty()).up();
  }

  /** Waits until the session is UP on either side, and the speakers have agreed on its timing. */
  TwoSpeakers up() {
    heardByA.await(State.UP);
    heardByB.await(State.UP);
    Deadline.until("both to keep to what they have agreed on", () -> agreed(ab) && agreed(ba));
    return this;
  }

  private static boolean agreed(BfdSession session) {
    return session
        .status()
        .remote()
        .filter(packet -> packet.state() == State.UP)
        .filter(packet -> !packet.flags().poll() && !packet.flags().isFinal())
        .isPresent();
  }

  static BfdSessionConfig config(
      String peer, String local, BfdProfile profile, Optional<Keys> keys) {
    BfdSessionConfig.Builder builder =
        BfdSessionConfig.singleHop(peer).localAddress(local).profile(profile);
    keys.ifPresent(builder::keys);
    return builder.build();
  }

  /** The thread that serves the sessions of a speaker. */
  static Thread threadOf(BfdSpeaker speaker) throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    speaker.thread().execute(() -> thread.complete(Thread.currentThread()));
    return thread.get(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    a.close();
    b.close();
  }
}
