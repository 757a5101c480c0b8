package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.config.AdminListen;
import dev.bugle.bgp.wire.IpAddress;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The listening sockets. Used by whoever opens and closes the server, one at a time. */
final class Listeners {

  private static final int BACKLOG = 1024;
  private static final int READ_SIZE = 8192;
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(16 * 1024, 64 * 1024);

  private final IoEventLoopGroup loop;
  private final Sockets sockets;
  private final ByteBufAllocator allocator;
  private final List<Channel> channels = new ArrayList<>();
  private final List<AdminListen> places = new ArrayList<>();
  private final List<UnixSocketFile> files = new ArrayList<>();

  Listeners(IoEventLoopGroup loop, Sockets sockets, ByteBufAllocator allocator) {
    this.loop = loop;
    this.sockets = sockets;
    this.allocator = allocator;
  }

  /**
   * Listens at one more place.
   *
   * @throws IllegalStateException naming the place, the cause, and what to do
   */
  void open(AdminListen place, Doorway doorway) {
    try {
      if (place instanceof AdminListen.Tcp tcp) {
        InetSocketAddress address =
            new InetSocketAddress(tcp.address().toInetAddress(), tcp.port());
        Channel channel = bind(bootstrap(Door.TCP, doorway).channel(sockets.tcp()), address);
        InetSocketAddress bound = (InetSocketAddress) channel.localAddress();
        places.add(new AdminListen.Tcp(IpAddress.of(bound.getAddress()), bound.getPort()));
      } else if (place instanceof AdminListen.UnixSocket unix) {
        UnixSocketFile file = UnixSocketFile.prepare(unix.path());
        files.add(file);
        bind(
            bootstrap(Door.UNIX_SOCKET, doorway).channel(sockets.unix()),
            sockets.unixAddress().apply(file.bindTo()));
        file.publish();
        places.add(place);
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "the admin server cannot listen at " + place + ": " + e.getMessage() + advice(place), e);
    }
  }

  private static String advice(AdminListen place) {
    return place instanceof AdminListen.Tcp
        ? " (another program, perhaps another bugle, may listen there; change admin.listen, or"
            + " write admin: off)"
        : " (it is in admin.listen)";
  }

  private ServerBootstrap bootstrap(Door door, Doorway doorway) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.ALLOCATOR, allocator)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_SIZE))
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(doorway.initializer(door));
    return door == Door.TCP ? bootstrap.option(ChannelOption.SO_REUSEADDR, true) : bootstrap;
  }

  private Channel bind(ServerBootstrap bootstrap, SocketAddress address) throws IOException {
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      Throwable cause = Objects.requireNonNull(bound.cause(), "a failure has its cause");
      throw cause instanceof IOException refused ? refused : new IOException(cause);
    }
    channels.add(bound.channel());
    return bound.channel();
  }

  /** Where it listens, with the ports that were free. */
  List<AdminListen> places() {
    return List.copyOf(places);
  }

  void close() {
    channels.forEach(channel -> channel.close().awaitUninterruptibly());
    files.forEach(UnixSocketFile::remove);
  }
}
