package dev.bugle.bgp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/**
 * Closing a connection so that the peer can still read what was sent: a socket that is closed with
 * unread input in it is reset, and a NOTIFICATION on its way would be lost.
 */
final class LingeringClose {

  /** How long the peer has to read our last NOTIFICATION before the socket is closed hard. */
  private static final long LINGER_MILLIS = 1000;

  private LingeringClose() {}

  /**
   * Ends our side of the connection behind what was written, and the connection when the peer ends
   * its side, or has not done so in time. Until then the caller's handler must read and drop what
   * the peer sends. On the channel's event loop.
   */
  static void of(Channel channel) {
    if (!channel.isActive()) {
      channel.close();
      return;
    }
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
              }
            });
    channel.eventLoop().schedule(() -> closeHard(channel), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** What a peer has not read by now goes: the system would keep trying for many minutes. */
  private static void closeHard(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close();
    }
  }
}
