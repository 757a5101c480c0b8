package dev.bugle.it;

import dev.bugle.bfd.BfdProfile;
import java.time.Duration;

/** What one side is configured with: two intervals and a multiplier. */
record BfdTiming(Duration transmit, Duration receive, int multiplier) {

  static BfdTiming millis(int transmit, int receive, int multiplier) {
    return new BfdTiming(Duration.ofMillis(transmit), Duration.ofMillis(receive), multiplier);
  }

  BfdProfile.Builder profile() {
    return BfdProfile.builder(transmit, multiplier).receiveInterval(receive);
  }

  /** At which interval this side sends to the other (RFC 5880 §6.8.2). */
  Duration transmitIntervalTo(BfdTiming other) {
    return longer(transmit, other.receive);
  }

  /** How long this side bears the silence of the other (RFC 5880 §6.8.4). */
  Duration detectionTimeOf(BfdTiming other) {
    return longer(receive, other.transmit).multipliedBy(other.multiplier);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
