package dev.bugle.benchmarks.codec;

import io.netty.buffer.ByteBuf;
import java.util.ServiceLoader;
import org.opendaylight.protocol.bgp.parser.BGPDocumentedException;
import org.opendaylight.protocol.bgp.parser.BGPParsingException;
import org.opendaylight.protocol.bgp.parser.spi.BGPExtensionProviderActivator;
import org.opendaylight.protocol.bgp.parser.spi.MessageRegistry;
import org.opendaylight.protocol.bgp.parser.spi.pojo.PeerSpecificParserConstraintImpl;
import org.opendaylight.protocol.bgp.parser.spi.pojo.SimpleBGPExtensionProviderContext;
import org.opendaylight.yangtools.yang.binding.Notification;

/** The parser of OpenDaylight's bgpcep, which is given a message at a time. */
final class BgpcepContender implements Contender {

  static final String NAME = "bgpcep";

  private static final int LENGTH_AT = 16;

  private final MessageRegistry registry;
  private final PeerSpecificParserConstraintImpl nothingAgreed =
      new PeerSpecificParserConstraintImpl();

  BgpcepContender() {
    SimpleBGPExtensionProviderContext context = new SimpleBGPExtensionProviderContext();
    ServiceLoader.load(BGPExtensionProviderActivator.class)
        .forEach(activator -> activator.start(context));
    registry = context.getMessageRegistry();
  }

  @Override
  public Object decode(ByteBuf stream) {
    int length = stream.getUnsignedShort(stream.readerIndex() + LENGTH_AT);
    try {
      return registry.parseMessage(stream.readSlice(length), nothingAgreed);
    } catch (BGPDocumentedException | BGPParsingException refused) {
      throw new IllegalStateException("bgpcep refuses an UPDATE of the benchmark", refused);
    }
  }

  @Override
  public void encode(Object message, ByteBuf out) {
    registry.serializeMessage((Notification<?>) message, out);
  }
}
