package dev.bugle.bfd.session;

import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.ControlPacket.Flags;
import dev.bugle.bfd.wire.ControlPacket.Intervals;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.State;
import java.util.Optional;

/** A packet of the other side, and what may differ in it. */
record Packets(ControlPacket packet) {

  static final int OURS = 1;
  static final int THEIRS = 2;

  /** Knows our discriminator, multiplier 3, 50 ms both ways. */
  static Packets of(State state) {
    return new Packets(
        new ControlPacket(
            Diagnostic.NONE,
            state,
            Flags.NONE,
            3,
            THEIRS,
            OURS,
            new Intervals(50_000, 50_000, 0),
            Optional.empty()));
  }

  Packets poll() {
    return flags(new Flags(true, packet.flags().isFinal(), false, packet.flags().demand()));
  }

  Packets isFinal() {
    return flags(new Flags(packet.flags().poll(), true, false, packet.flags().demand()));
  }

  Packets demand() {
    return flags(new Flags(packet.flags().poll(), packet.flags().isFinal(), false, true));
  }

  Packets flags(Flags flags) {
    return new Packets(packet.withFlags(flags));
  }

  Packets intervals(int minTxMillis, int minRxMillis) {
    return with(
        packet.detectMult(),
        packet.myDiscriminator(),
        packet.yourDiscriminator(),
        new Intervals(minTxMillis * 1000L, minRxMillis * 1000L, 0));
  }

  Packets detectMult(int detectMult) {
    return with(
        detectMult, packet.myDiscriminator(), packet.yourDiscriminator(), packet.intervals());
  }

  Packets discriminators(int mine, int yours) {
    return with(packet.detectMult(), mine, yours, packet.intervals());
  }

  private Packets with(int detectMult, int mine, int yours, Intervals intervals) {
    return new Packets(
        new ControlPacket(
            packet.diagnostic(),
            packet.state(),
            packet.flags(),
            detectMult,
            mine,
            yours,
            intervals,
            packet.authentication()));
  }

  Event received() {
    return new Event.PacketReceived(packet);
  }
}
