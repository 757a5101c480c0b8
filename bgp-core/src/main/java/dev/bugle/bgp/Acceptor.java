package dev.bugle.bgp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening side: gives each connection to the session of the peer that it comes from, on that
 * session's own event loop, and refuses everybody else.
 */
@Sharable
final class Acceptor extends ChannelInboundHandlerAdapter {

  private static final Logger log = LoggerFactory.getLogger(Acceptor.class);

  private final SpeakerEnvironment environment;
  private final Door door;
  private final AtomicInteger refusedAndOpen = new AtomicInteger();

  /** Who takes connections. */
  interface Door {

    /** Gives the connection to the session that it is for, or says why there is none. */
    Optional<Refusal> take(InetAddress from, Channel connection);
  }

  Acceptor(SpeakerEnvironment environment, Door door) {
    this.environment = environment;
    this.door = door;
  }

  /**
   * Listens at this address.
   *
   * @throws UncheckedIOException naming the address and what to do
   */
  InetSocketAddress listen(InetSocketAddress address) {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(environment.eventLoops())
            .channel(environment.transport().serverSocket())
            .option(ChannelOption.SO_REUSEADDR, true)
            .handler(this)
            // Never used: this handler takes every connection before it.
            .childHandler(new ChannelInboundHandlerAdapter())
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new UncheckedIOException(
          "cannot listen on "
              + address.getAddress().getHostAddress()
              + " port "
              + address.getPort()
              + ": "
              + bound.cause().getMessage()
              + (address.getPort() < 1024
                  ? "; ports below 1024 need root or the capability CAP_NET_BIND_SERVICE"
                  : "; is another program using the port, and is the address ours?"),
          new IOException(bound.cause()));
    }
    if (environment.transport().hasSocketOptions()) {
      SocketOptions.of(bound.channel()).farthestTtl();
    }
    environment.track(bound.channel());
    return (InetSocketAddress) bound.channel().localAddress();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Channel channel = (Channel) message;
    if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
      channel.unsafe().closeForcibly(); // gone before it was accepted
      return;
    }
    door.take(remote.getAddress(), channel).ifPresent(refusal -> refuse(channel, remote, refusal));
  }

  /** RFC 4486 §4: Connection Rejected is for a connection that we decide not to have. */
  private void refuse(Channel channel, InetSocketAddress remote, Refusal refusal) {
    long times = refusal.times().happened(refusal.what(), System.nanoTime());
    if (times > 0) {
      log.warn(
          "refused {} connection(s) {}, the last from {}; {}",
          times,
          refusal.what(),
          remote.getAddress().getHostAddress(),
          refusal.advice());
    }
    channel.pipeline().addLast(new RefusedConnection(refusedAndOpen));
    environment.register(environment.eventLoops().next().next(), channel);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    // Typically no file descriptors left; the listening socket stays and accepts again.
    log.warn("cannot accept a connection: {}", failure.getMessage());
  }
}
