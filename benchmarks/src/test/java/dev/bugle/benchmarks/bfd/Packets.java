package dev.bugle.benchmarks.bfd;

import java.nio.ByteBuffer;

/** Sightings as tests need them: at so many milliseconds, of sessions of 3x50 ms. */
final class Packets {

  static final Timing TIMING = new Timing(50, 3);
  static final String CONTENDER = "10.1.0.1";

  private static final int DOWN = 1;
  private static final int POLL = 0x20;

  private Packets() {}

  static Sighting up(long millis, Side sender) {
    return new Sighting(millis * 1_000_000, sender, packet(Sighting.UP << 6, 50_000));
  }

  static Sighting upWithPoll(long millis, Side sender) {
    return new Sighting(millis * 1_000_000, sender, packet(Sighting.UP << 6 | POLL, 50_000));
  }

  static Sighting upButSlow(long millis, Side sender) {
    return new Sighting(millis * 1_000_000, sender, packet(Sighting.UP << 6, 1_000_000));
  }

  static Sighting down(long millis, Side sender) {
    return new Sighting(millis * 1_000_000, sender, packet(DOWN << 6, 1_000_000));
  }

  private static ByteBuffer packet(int stateAndFlags, int micros) {
    return ByteBuffer.allocate(24)
        .put((byte) (1 << 5))
        .put((byte) stateAndFlags)
        .put((byte) TIMING.multiplier())
        .put((byte) 24)
        .putInt(7) // My Discriminator
        .putInt(8) // Your Discriminator
        .putInt(micros)
        .putInt(micros)
        .putInt(0)
        .flip();
  }

  /** An Ethernet frame from the contender to its neighbour with this in it. */
  static ByteBuffer frame(ByteBuffer packet, int port) {
    return ByteBuffer.allocate(14 + 20 + 8 + packet.remaining())
        .put(new byte[12])
        .putShort((short) 0x0800)
        .put((byte) 0x45)
        .put(new byte[11])
        .put(new byte[] {10, 1, 0, 1, 10, 2, 0, 1})
        .putShort((short) 49152)
        .putShort((short) port)
        .putInt(0)
        .put(packet.duplicate())
        .flip();
  }
}
