package dev.bugle.bgp.wire.capability;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * BGP Role (RFC 9234 §4.1): what the sender says that it is to its peer. Several of them with
 * different values, or with one that no {@link Role} has, are a Role Mismatch (RFC 9234 §4.2),
 * which is for the session to find; so any value is kept.
 *
 * @param value 0 to 255
 */
public record RoleCapability(int value) implements Capability {

  /** The capability code. */
  public static final int CODE = 9;

  /** Checks the range. */
  public RoleCapability {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException("role " + value + " is not in 0 to 255");
    }
  }

  /** The capability of a speaker in this role. */
  public RoleCapability(Role role) {
    this(role.value());
  }

  static RoleCapability decode(ByteBuf value) {
    CapabilityDecoder.requireLength(value, 1, "role");
    return new RoleCapability(value.readUnsignedByte());
  }

  /** The role; empty when the value is not assigned to one. */
  public Optional<Role> role() {
    return Role.of(value);
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void encodeValue(ByteBuf out) {
    out.writeByte(value);
  }

  @Override
  public String toString() {
    return "role " + role().map(Role::toString).orElseGet(() -> Integer.toString(value));
  }
}
