package dev.bugle.bfd.wire;

import java.util.Optional;

/**
 * A BFD Control packet (RFC 5880 §4.1). The version is always 1 and the Multipoint bit clear.
 *
 * @param diagnostic why the sender's session last left UP
 * @param state of the sender's session
 * @param flags the bits that the sender may set
 * @param detectMult how many packets may be missed, 1 to 255
 * @param myDiscriminator the sender's, not zero
 * @param yourDiscriminator the receiver's, as far as the sender knows; zero if it does not
 * @param intervals that the sender can keep
 * @param authentication the section, if the packet has one
 */
public record ControlPacket(
    Diagnostic diagnostic,
    State state,
    Flags flags,
    int detectMult,
    int myDiscriminator,
    int yourDiscriminator,
    Intervals intervals,
    Optional<AuthenticationSection> authentication) {

  /** Checks what RFC 5880 §6.8.6 discards. */
  public ControlPacket {
    if (detectMult < 1 || detectMult > 255) {
      throw new IllegalArgumentException("detect multiplier " + detectMult + " is not in 1 to 255");
    }
    if (myDiscriminator == 0) {
      throw new IllegalArgumentException("My Discriminator must not be zero");
    }
    if (yourDiscriminator == 0 && state != State.DOWN && state != State.ADMIN_DOWN) {
      throw new IllegalArgumentException("Your Discriminator must not be zero in state " + state);
    }
  }

  /**
   * The bits of a packet.
   *
   * @param poll the sender wants an answer with the Final bit
   * @param isFinal this is such an answer
   * @param controlPlaneIndependent the sender's BFD survives a restart of its control plane
   * @param demand the sender is in Demand mode
   */
  public record Flags(
      boolean poll, boolean isFinal, boolean controlPlaneIndependent, boolean demand) {

    /** No bit is set. */
    public static final Flags NONE = new Flags(false, false, false, false);
  }

  /**
   * What the sender can keep, in microseconds: 0 to 4294967295.
   *
   * @param desiredMinTxMicros the shortest interval at which it wants to send
   * @param requiredMinRxMicros the shortest interval at which it can receive; 0: send nothing
   * @param requiredMinEchoRxMicros the same for echo packets; 0: send none
   */
  public record Intervals(
      long desiredMinTxMicros, long requiredMinRxMicros, long requiredMinEchoRxMicros) {

    private static final long MAX = 0xFFFF_FFFFL;

    /** Checks the ranges. */
    public Intervals {
      if (desiredMinTxMicros < 0
          || desiredMinTxMicros > MAX
          || requiredMinRxMicros < 0
          || requiredMinRxMicros > MAX
          || requiredMinEchoRxMicros < 0
          || requiredMinEchoRxMicros > MAX) {
        throw new IllegalArgumentException("an interval is not in 0 to " + MAX + " us");
      }
    }
  }

  /** The same with this section, or without one. */
  public ControlPacket withAuthentication(Optional<AuthenticationSection> section) {
    return new ControlPacket(
        diagnostic,
        state,
        flags,
        detectMult,
        myDiscriminator,
        yourDiscriminator,
        intervals,
        section);
  }

  /** The same with these bits. */
  public ControlPacket withFlags(Flags newFlags) {
    return new ControlPacket(
        diagnostic,
        state,
        newFlags,
        detectMult,
        myDiscriminator,
        yourDiscriminator,
        intervals,
        authentication);
  }
}
