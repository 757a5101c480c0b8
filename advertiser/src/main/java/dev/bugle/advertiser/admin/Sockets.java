package dev.bugle.advertiser.admin;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * How listening sockets are made: with epoll on Linux, where it can be loaded, and with the JDK
 * elsewhere.
 */
record Sockets(
    IoHandlerFactory ioHandler,
    Class<? extends ServerChannel> tcp,
    Class<? extends ServerChannel> unix,
    Function<Path, SocketAddress> unixAddress) {

  static Sockets best() {
    return Epoll.isAvailable()
        ? new Sockets(
            EpollIoHandler.newFactory(),
            EpollServerSocketChannel.class,
            EpollServerDomainSocketChannel.class,
            path -> new DomainSocketAddress(path.toString()))
        : jdk();
  }

  /** What every system has. */
  static Sockets jdk() {
    return new Sockets(
        NioIoHandler.newFactory(),
        NioServerSocketChannel.class,
        NioServerDomainSocketChannel.class,
        UnixDomainSocketAddress::of);
  }
}
