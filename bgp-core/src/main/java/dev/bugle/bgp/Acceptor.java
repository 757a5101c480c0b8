package dev.bugle.bgp;

import dev.bugle.bgp.wire.IpAddress;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
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
  private final Function<IpAddress, Optional<PeerSession>> sessions;
  private final Repetitions refusals = new Repetitions();
  private final AtomicInteger refusedAndOpen = new AtomicInteger();

  Acceptor(SpeakerEnvironment environment, Function<IpAddress, Optional<PeerSession>> sessions) {
    this.environment = environment;
    this.sessions = sessions;
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
    Optional<PeerSession> session = sessions.apply(IpAddress.of(remote.getAddress()));
    if (session.isPresent()) {
      session.get().accept(channel);
    } else {
      refuse(channel, remote);
    }
  }

  /** RFC 4486 §4: Connection Rejected is for a peer that is not configured. */
  private void refuse(Channel channel, InetSocketAddress remote) {
    long times = refusals.happened("unknown peer", System.nanoTime());
    if (times > 0) {
      log.warn(
          "refused {} connection(s) of unknown peers, the last from {}; add a peer with that"
              + " address if it should be one",
          times,
          remote.getAddress().getHostAddress());
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
