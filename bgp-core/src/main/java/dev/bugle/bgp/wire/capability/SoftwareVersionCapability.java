package dev.bugle.bgp.wire.capability;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Software Version (draft-abraitis-bgp-version-capability): what the sender runs. It is for people;
 * nothing depends on it.
 *
 * @param version at most 254 octets of UTF-8
 */
public record SoftwareVersionCapability(String version) implements Capability {

  /** The capability code. */
  public static final int CODE = 75;

  private static final int MAX_LENGTH = 255 - 1;

  /** Checks that it fits. */
  public SoftwareVersionCapability {
    int length = Bytes.utf8(version).length();
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "software version has " + length + " octets, more than " + MAX_LENGTH);
    }
  }

  /** A version that is malformed is no reason to refuse a session: then it is not known. */
  static Capability decode(ByteBuf value) {
    Bytes octets = Bytes.readAll(value.duplicate());
    Optional<String> version = CapabilityText.read(value);
    return version.isPresent() && !value.isReadable()
        ? new SoftwareVersionCapability(version.get())
        : new UnknownCapability(CODE, octets);
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void encodeValue(ByteBuf out) {
    CapabilityText.write(version, out);
  }

  @Override
  public String toString() {
    return "software version " + CapabilityText.printable(version);
  }
}
