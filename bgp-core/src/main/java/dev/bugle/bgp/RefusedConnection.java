package dev.bugle.bgp;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.NotificationMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection of somebody who is no peer, or one too many: it is told so (RFC 4486 §4), nothing of
 * it is read, and it is closed.
 */
final class RefusedConnection extends ChannelInboundHandlerAdapter {

  /** How many strangers at a time are given the time to read why; a flood of them is not. */
  private static final int MAX_LINGERING = 64;

  private final AtomicInteger lingering;

  /** The count is of all refused connections that are still open. */
  RefusedConnection(AtomicInteger lingering) {
    this.lingering = lingering;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ByteBuf bytes = ctx.alloc().buffer();
    MessageCodec.encode(
        new NotificationMessage(BgpError.CONNECTION_REJECTED), bytes, CodecContext.INITIAL);
    ctx.write(bytes);
    LingeringClose.of(ctx.channel(), lingering, MAX_LINGERING);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    ctx.close(); // who resets a connection that is refused anyway tells nothing new
  }
}
