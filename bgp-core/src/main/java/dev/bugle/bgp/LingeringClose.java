package dev.bugle.bgp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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
  private static void of(Channel channel) {
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

  /**
   * The same while at most so many of a kind linger. The others are closed behind what the system
   * takes at once, so that whoever connects without end does not use up our sockets.
   *
   * @param lingering counts those of the kind that are not closed yet
   */
  static void of(Channel channel, AtomicInteger lingering, int most) {
    boolean patient = lingering.incrementAndGet() <= most;
    channel.closeFuture().addListener(closed -> lingering.decrementAndGet());
    if (patient) {
      of(channel);
    } else {
      channel.flush();
      channel.close();
    }
  }

  /** What a peer has not read by now goes: the system would keep trying for many minutes. */
  private static void closeHard(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close();
    }
  }
}
