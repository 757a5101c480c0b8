package dev.bugle.bgp.mrt;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Set;

/**
 * A message as it was on the wire: BGP4MP_MESSAGE and its variants (RFC 6396 §4.4.2; RFC 8050 §3).
 *
 * @param session whose it is
 * @param form who sent it, and how it is to be read
 * @param octets the message with its header, as somebody may have made it up
 */
public record Bgp4mpMessage(Bgp4mpSession session, MessageForm form, Bytes octets)
    implements MrtBody {

  private static final Set<AddressFamily> IDENTIFIED =
      Set.of(
          AddressFamily.IPV4_UNICAST,
          AddressFamily.IPV6_UNICAST,
          AddressFamily.IPV4_MULTICAST,
          AddressFamily.IPV6_MULTICAST,
          AddressFamily.IPV4_LABELLED_UNICAST,
          AddressFamily.IPV6_LABELLED_UNICAST,
          AddressFamily.IPV4_VPN,
          AddressFamily.IPV6_VPN,
          AddressFamily.EVPN);

  /** Checks that the AS numbers fit. */
  public Bgp4mpMessage {
    if (!form.isFourOctetAs() && !session.fitsTwoOctets()) {
      throw new IllegalArgumentException(
          "the AS numbers of " + session + " do not both fit in the two octets of " + form);
    }
  }

  static Bgp4mpMessage decode(MessageForm form, MrtFields fields) throws MalformedMrtException {
    Bgp4mpSession session = Bgp4mpSession.decode(form.isFourOctetAs(), fields);
    return new Bgp4mpMessage(session, form, fields.rest());
  }

  /**
   * The message, read.
   *
   * @throws BgpException saying what is wrong with it
   */
  public Message message() {
    ByteBuf stream = Unpooled.wrappedBuffer(octets.toArray());
    Message message =
        MessageCodec.decodeNext(stream, context())
            .orElseThrow(
                () ->
                    new BgpException(
                        BgpError.BAD_MESSAGE_LENGTH,
                        "the message is cut after " + octets.length() + " octets"));
    if (stream.isReadable()) {
      throw new BgpException(
          BgpError.BAD_MESSAGE_LENGTH, stream.readableBytes() + " octets follow the message");
    }
    return message;
  }

  private CodecContext context() {
    CodecContext any = RibAttributes.CONTEXT.withFourOctetAs(form.isFourOctetAs());
    return form.isAddPath()
        ? any.withReceived(any.received().withPathIdentifiers(IDENTIFIED))
        : any;
  }

  @Override
  public int type() {
    return BGP4MP;
  }

  @Override
  public int subtype() {
    return form.subtype();
  }

  @Override
  public void encode(ByteBuf out) {
    session.encode(form.isFourOctetAs(), out);
    octets.writeTo(out);
  }

  private String text() {
    try {
      return message().toString();
    } catch (BgpException fault) {
      return "faulty, " + fault.found() + ": " + octets;
    }
  }

  /** Like {@code BGP4MP 192.0.2.254 AS 65000 to 192.0.2.1 AS 65001: KEEPALIVE}. */
  @Override
  public String toString() {
    String from = form.isLocal() ? session.localText() : session.peerText();
    String to = form.isLocal() ? session.peerText() : session.localText();
    return "BGP4MP " + from + " to " + to + ": " + text();
  }
}
