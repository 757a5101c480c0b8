package dev.bugle.bgp.wire.capability;

import dev.bugle.bgp.wire.AddressFamily;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Long-Lived Graceful Restart (RFC 9494 §3.1): for how long the sender's routes are worth keeping,
 * as a last resort, after the time of {@link GracefulRestartCapability}, without which this means
 * nothing.
 *
 * @param families in the order of the wire, at most 36; of several entries of one family the first
 *     counts
 */
public record LongLivedGracefulRestartCapability(List<Family> families) implements Capability {

  /** The capability code. */
  public static final int CODE = 71;

  /** The longest stale time that the field holds. */
  public static final Duration MAX_STALE_TIME = Duration.ofSeconds(0xFF_FFFF);

  private static final int ENTRY_LENGTH = 7;
  private static final int MAX_FAMILIES = 255 / ENTRY_LENGTH;
  private static final int FORWARDING_STATE = 0x80;

  /**
   * A family that takes part.
   *
   * @param family AFI and SAFI
   * @param forwardingPreserved the F bit: the sender forwarded packets throughout its restart
   * @param staleTime whole seconds, 0 to 16777215
   */
  public record Family(AddressFamily family, boolean forwardingPreserved, Duration staleTime) {

    /** Checks the time. */
    public Family {
      boolean inRange = !staleTime.isNegative() && staleTime.compareTo(MAX_STALE_TIME) <= 0;
      if (!inRange || !staleTime.truncatedTo(ChronoUnit.SECONDS).equals(staleTime)) {
        throw new IllegalArgumentException(
            "long-lived stale time " + staleTime + " is not in 0 to 16777215 whole seconds");
      }
    }

    @Override
    public String toString() {
      String state = forwardingPreserved ? " forwarding preserved" : "";
      return family + " " + staleTime.toSeconds() + " s" + state;
    }
  }

  /** Copies the list, and checks that it fits. */
  public LongLivedGracefulRestartCapability {
    families = List.copyOf(families);
    CapabilityDecoder.requireRoom(families, MAX_FAMILIES, "long-lived graceful restart");
  }

  static LongLivedGracefulRestartCapability decode(ByteBuf value) {
    CapabilityDecoder.requireHeaderAndMultiple(
        value, 0, ENTRY_LENGTH, "long-lived graceful restart");
    List<Family> families = new ArrayList<>();
    while (value.isReadable()) {
      AddressFamily family = new AddressFamily(value.readUnsignedShort(), value.readUnsignedByte());
      boolean preserved = (value.readByte() & FORWARDING_STATE) != 0; // the other flags: reserved
      families.add(new Family(family, preserved, Duration.ofSeconds(value.readUnsignedMedium())));
    }
    return new LongLivedGracefulRestartCapability(families);
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void encodeValue(ByteBuf out) {
    for (Family each : families) {
      out.writeShort(each.family().afi());
      out.writeByte(each.family().safi());
      out.writeByte(each.forwardingPreserved() ? FORWARDING_STATE : 0);
      out.writeMedium((int) each.staleTime().toSeconds());
    }
  }

  @Override
  public String toString() {
    return families.stream()
        .map(Family::toString)
        .collect(Collectors.joining(", ", "long-lived graceful restart (", ")"));
  }
}
