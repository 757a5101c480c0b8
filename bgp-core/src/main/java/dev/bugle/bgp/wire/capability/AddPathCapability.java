package dev.bugle.bgp.wire.capability;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * ADD-PATH (RFC 7911 §4): for which families the sender puts path identifiers before its NLRI, and
 * for which it understands them.
 *
 * @param families in the order of the wire, at most 63
 */
public record AddPathCapability(List<Family> families) implements Capability {

  /** The capability code. */
  public static final int CODE = 69;

  private static final int ENTRY_LENGTH = 4;
  private static final int MAX_FAMILIES = 255 / ENTRY_LENGTH;

  /** The Send/Receive field: what the sender of the capability is able and willing to do. */
  public enum Mode {
    /** It takes several paths. */
    RECEIVE(1),
    /** It sends several paths. */
    SEND(2),
    /** It does both. */
    BOTH(3);

    private static final Mode[] VALUES = values();

    private final int value;

    Mode(int value) {
      this.value = value;
    }

    private static Optional<Mode> of(int value) {
      return value >= 1 && value <= VALUES.length
          ? Optional.of(VALUES[value - 1])
          : Optional.empty();
    }

    /** The mode of who does so, if any. */
    public static Optional<Mode> of(boolean receives, boolean sends) {
      return of((receives ? RECEIVE.value : 0) | (sends ? SEND.value : 0));
    }

    /** Whether the sender of the capability takes several paths. */
    public boolean receives() {
      return this != SEND;
    }

    /** Whether the sender of the capability sends several paths. */
    public boolean sends() {
      return this != RECEIVE;
    }

    /** {@code receive}, {@code send} or {@code both}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the sender does in one family.
   *
   * @param family AFI and SAFI
   * @param mode which directions
   */
  public record Family(AddressFamily family, Mode mode) {

    @Override
    public String toString() {
      return family + " " + mode;
    }
  }

  /** Copies the list, and checks that it fits. */
  public AddPathCapability {
    families = List.copyOf(families);
    CapabilityDecoder.requireRoom(families, MAX_FAMILIES, "ADD-PATH");
  }

  /** A Send/Receive value of another meaning makes all of it unknown (RFC 7911 §4). */
  static Capability decode(ByteBuf value) {
    CapabilityDecoder.requireHeaderAndMultiple(value, 0, ENTRY_LENGTH, "ADD-PATH");
    Bytes octets = Bytes.readAll(value.duplicate());
    List<Family> families = new ArrayList<>();
    while (value.isReadable()) {
      AddressFamily family = new AddressFamily(value.readUnsignedShort(), value.readUnsignedByte());
      Optional<Mode> mode = Mode.of(value.readUnsignedByte());
      if (mode.isEmpty()) {
        return new UnknownCapability(CODE, octets);
      }
      families.add(new Family(family, mode.get()));
    }
    return new AddPathCapability(families);
  }

  /** What is said of this family; of several entries, the last. */
  public Optional<Mode> mode(AddressFamily family) {
    return families.stream()
        .filter(each -> each.family().equals(family))
        .map(Family::mode)
        .reduce((earlier, later) -> later);
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
      out.writeByte(each.mode().value);
    }
  }

  @Override
  public String toString() {
    return families.stream()
        .map(Family::toString)
        .collect(Collectors.joining(", ", "ADD-PATH (", ")"));
  }
}
