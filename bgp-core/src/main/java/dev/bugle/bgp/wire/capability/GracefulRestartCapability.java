package dev.bugle.bgp.wire.capability;

import dev.bugle.bgp.wire.AddressFamily;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Graceful Restart (RFC 4724 §3, RFC 8538 §2): whether, and for how long, the sender's routes are
 * worth keeping while it restarts. Where a peer sends several, the last counts (RFC 4724 §3).
 *
 * @param restartState the R bit: the sender has just restarted
 * @param notification the N bit: the sender restarts gracefully after a NOTIFICATION and an expired
 *     hold timer, too (RFC 8538)
 * @param restartTime within which the sender means to be back: whole seconds, 0 to 4095
 * @param families whose routes are to be kept, at most 63; none from a speaker that only helps
 *     others, and sends End-of-RIB
 */
public record GracefulRestartCapability(
    boolean restartState, boolean notification, Duration restartTime, List<Family> families)
    implements Capability {

  /** The capability code. */
  public static final int CODE = 64;

  /** The longest restart time that the field holds. */
  public static final Duration MAX_RESTART_TIME = Duration.ofSeconds(0xFFF);

  private static final int RESTART_STATE = 0x8000;
  private static final int NOTIFICATION = 0x4000;
  private static final int FORWARDING_STATE = 0x80;
  private static final int MAX_FAMILIES = (255 - 2) / 4;

  /**
   * A family that takes part.
   *
   * @param family AFI and SAFI
   * @param forwardingPreserved the F bit: the sender forwarded packets throughout its restart
   */
  public record Family(AddressFamily family, boolean forwardingPreserved) {

    @Override
    public String toString() {
      return forwardingPreserved ? family + " forwarding preserved" : family.toString();
    }
  }

  /** Checks the restart time, and copies the list. */
  public GracefulRestartCapability {
    families = List.copyOf(families);
    boolean inRange = !restartTime.isNegative() && restartTime.compareTo(MAX_RESTART_TIME) <= 0;
    if (!inRange || !restartTime.truncatedTo(ChronoUnit.SECONDS).equals(restartTime)) {
      throw new IllegalArgumentException(
          "restart time " + restartTime + " is not in 0 to 4095 whole seconds");
    }
    CapabilityDecoder.requireRoom(families, MAX_FAMILIES, "graceful restart");
  }

  static GracefulRestartCapability decode(ByteBuf value) {
    CapabilityDecoder.requireHeaderAndMultiple(value, 2, 4, "graceful restart");
    int flagsAndTime = value.readUnsignedShort();
    List<Family> families = new ArrayList<>();
    while (value.isReadable()) {
      AddressFamily family = new AddressFamily(value.readUnsignedShort(), value.readUnsignedByte());
      families.add(new Family(family, (value.readByte() & FORWARDING_STATE) != 0));
    }
    return new GracefulRestartCapability(
        (flagsAndTime & RESTART_STATE) != 0,
        (flagsAndTime & NOTIFICATION) != 0,
        Duration.ofSeconds(flagsAndTime & 0xFFF), // the other two flags are reserved
        families);
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void encodeValue(ByteBuf out) {
    int flags = (restartState ? RESTART_STATE : 0) | (notification ? NOTIFICATION : 0);
    out.writeShort(flags | (int) restartTime.toSeconds());
    for (Family each : families) {
      out.writeShort(each.family().afi());
      out.writeByte(each.family().safi());
      out.writeByte(each.forwardingPreserved() ? FORWARDING_STATE : 0);
    }
  }

  @Override
  public String toString() {
    return "graceful restart"
        + (restartState ? " restarted" : "")
        + (notification ? " notification" : "")
        + " "
        + restartTime.toSeconds()
        + " s"
        + families.stream().map(Family::toString).collect(Collectors.joining(", ", " (", ")"));
  }
}
