package dev.bugle.bfd;

import dev.bugle.bfd.session.Action;
import dev.bugle.bfd.session.Action.StartDetectionTimer;
import dev.bugle.bfd.session.Action.StartTransmitTimer;
import dev.bugle.bfd.session.Action.Transmit;
import dev.bugle.bfd.wire.AuthenticationSection;
import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.ControlPacket;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * What the machine has answered to the last packet and to the last periodic timer, where it only
 * said "wait on" and "send the same again". The machine is pure: as long as nothing else has
 * happened it would say so again, so that it need not be asked, and nothing is allocated.
 */
final class SteadyState {

  private final byte[] datagram = new byte[64];
  private int datagramLength;
  private boolean receives;
  private boolean sends;
  private long detectionNanos;
  private long intervalNanos;
  private int percentAtMost;

  /** Something else has happened. */
  void forget() {
    receives = false;
    sends = false;
  }

  /** Whether these octets would only restart the detection timer. */
  boolean covers(ByteBuf received) {
    if (!receives || received.readableBytes() != datagramLength) {
      return false;
    }
    int start = received.readerIndex();
    for (int i = 0; i < datagramLength; i++) {
      if (datagram[i] != received.getByte(start + i)) {
        return false;
      }
    }
    return true;
  }

  long detectionNanos() {
    return detectionNanos;
  }

  /** Whether the periodic timer would only have the same octets sent, and itself started again. */
  boolean coversTransmission() {
    return sends;
  }

  long intervalNanos() {
    return intervalNanos;
  }

  int percentAtMost() {
    return percentAtMost;
  }

  /** A packet came in these octets, and the machine answered so. */
  void received(ByteBuf octets, ControlPacket packet, List<Action> actions) {
    boolean repeats =
        actions.size() == 1
            && octets.readableBytes() <= datagram.length
            && !packet.flags().poll()
            && !packet.flags().isFinal()
            && isRepeatable(packet);
    if (repeats && actions.get(0) instanceof StartDetectionTimer start) {
      receives = true;
      detectionNanos = start.detectionTime().toNanos();
      datagramLength = octets.readableBytes();
      octets.getBytes(octets.readerIndex(), datagram, 0, datagramLength);
    } else {
      forget();
    }
  }

  /** The periodic timer ran out, and the machine answered so. */
  void timerExpired(List<Action> actions) {
    if (actions.size() == 2
        && actions.get(0) instanceof Transmit transmit
        && actions.get(1) instanceof StartTransmitTimer start) {
      sends = isRepeatable(transmit.packet());
      intervalNanos = start.interval().toNanos();
      percentAtMost = start.percentAtMost();
    } else {
      forget();
    }
  }

  /** Whether the same octets may come again (RFC 5880 §6.7.3, §6.7.4). */
  private static boolean isRepeatable(ControlPacket packet) {
    return packet
        .authentication()
        .map(AuthenticationSection::type)
        .filter(AuthenticationType::isMeticulous)
        .isEmpty();
  }
}
