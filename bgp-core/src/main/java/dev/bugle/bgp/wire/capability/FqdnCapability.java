package dev.bugle.bgp.wire.capability;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * FQDN, "hostname" of FRR (draft-walton-bgp-hostname-capability): what the sender is called. It is
 * for people; nothing depends on it.
 *
 * @param hostname at most 64 octets of UTF-8 by the draft; as many as fit here
 * @param domain likewise; may be empty
 */
public record FqdnCapability(String hostname, String domain) implements Capability {

  /** The capability code. */
  public static final int CODE = 73;

  private static final int MAX_LENGTH = 255 - 2;

  /** Checks that both fit. */
  public FqdnCapability {
    int length = Bytes.utf8(hostname).length() + Bytes.utf8(domain).length();
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "hostname and domain have " + length + " octets, more than " + MAX_LENGTH);
    }
  }

  /** Names that are malformed are no reason to refuse a session: then it is not known. */
  static Capability decode(ByteBuf value) {
    Bytes octets = Bytes.readAll(value.duplicate());
    Optional<String> hostname = CapabilityText.read(value);
    Optional<String> domain = CapabilityText.read(value);
    return hostname.isPresent() && domain.isPresent() && !value.isReadable()
        ? new FqdnCapability(hostname.get(), domain.get())
        : new UnknownCapability(CODE, octets);
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void encodeValue(ByteBuf out) {
    CapabilityText.write(hostname, out);
    CapabilityText.write(domain, out);
  }

  @Override
  public String toString() {
    String name = domain.isEmpty() ? hostname : hostname + "." + domain;
    return "FQDN " + CapabilityText.printable(name);
  }
}
