package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** How Jazzer calls the codecs of BGP-LS: the first octet chooses the one. See {@code ./fuzz}. */
public final class LinkStateFuzz {

  private LinkStateFuzz() {}

  public static void fuzzerTestOneInput(byte[] octets) {
    if (octets.length == 0) {
      return;
    }
    ByteBuf in = Unpooled.wrappedBuffer(octets, 1, octets.length - 1);
    Bytes whole = Bytes.readAll(in.duplicate());
    try {
      Object value;
      if ((octets[0] & 1) == 0) {
        value = LinkState.attributeCodec().decode(in, LinkStateVector.CONTEXT);
      } else if (in.isReadable()) {
        value = LinkState.nlriCodec().decode(in, LinkStateVector.CONTEXT);
      } else {
        return;
      }
      Bytes read = Bytes.of(Arrays.copyOf(whole.toArray(), in.readerIndex()));
      if (!LinkStateVector.encode(value).equals(read)) {
        throw new AssertionError(value + " is not written as it came: " + read);
      }
      if (value instanceof LinkStateNlri nlri && !nlri.isDiscarded()) {
        LinkStateNlri parsed =
            LinkStateNlri.parse(nlri.toString()); // without bits that say nothing
        if (!LinkStateNlri.parse(parsed.toString()).equals(parsed)) {
          throw new AssertionError(parsed + " is parsed as something else");
        }
      } else if (value.toString().chars().anyMatch(c -> c < ' ' || c > '~')) {
        throw new AssertionError("for no terminal: " + value);
      }
    } catch (BgpException fault) {
      if (fault.found().isEmpty()) {
        throw new AssertionError("no answer", fault);
      }
    }
  }
}
