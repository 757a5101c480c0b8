package dev.bugle.bfd.session;

import dev.bugle.bfd.wire.ControlPacket;
import java.util.Random;

/** The way from one session to another: loses, delays, duplicates, reorders, and can be cut. */
final class SimulatedPath {

  double loss;
  double duplicates;
  long delayNanos = 1_000_000;
  long reorderNanos;
  boolean isCut;

  private final SimulatedClock clock;
  private final Random random;
  private SimulatedSession to;

  SimulatedPath(SimulatedClock clock, SimulatedSession from, SimulatedSession to, long seed) {
    this.clock = clock;
    this.random = new Random(seed);
    this.to = to;
    from.connect(this::carry);
  }

  void leadTo(SimulatedSession other) {
    to = other;
  }

  private void carry(ControlPacket packet) {
    for (int copies = random.nextDouble() < duplicates ? 2 : 1; copies > 0; copies--) {
      if (random.nextDouble() >= loss && !isCut) {
        long extra = reorderNanos == 0 ? 0 : (long) (random.nextDouble() * reorderNanos);
        clock.at(
            clock.now() + delayNanos + extra,
            () -> {
              if (!isCut) {
                to.handle(new Event.PacketReceived(packet));
              }
            });
      }
    }
  }
}
