package dev.bugle.bgp;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.ThreadFactory;

/**
 * How sockets are made: with epoll on Linux, where it can be loaded, and with the JDK elsewhere.
 *
 * @param ioHandler of the event loops
 * @param socket the class of connections
 * @param serverSocket the class of listening sockets
 */
record Transport(
    IoHandlerFactory ioHandler,
    Class<? extends Channel> socket,
    Class<? extends ServerChannel> serverSocket) {

  private static final int MAX_THREADS = 4;

  static Transport best() {
    return Epoll.isAvailable()
        ? new Transport(
            EpollIoHandler.newFactory(), EpollSocketChannel.class, EpollServerSocketChannel.class)
        : jdk();
  }

  /** What every system has. */
  static Transport jdk() {
    return new Transport(
        NioIoHandler.newFactory(), NioSocketChannel.class, NioServerSocketChannel.class);
  }

  /** Whether its channels take the options of {@link SocketOptions}. */
  boolean hasSocketOptions() {
    return socket == EpollSocketChannel.class;
  }

  /** A socket that belongs to no event loop; with {@link #hasSocketOptions} only. */
  static Channel newNativeSocket() {
    return new EpollSocketChannel();
  }

  /** Event loops for one speaker; threads start when they are first used. */
  EventLoopGroup newEventLoops(ThreadFactory threadFactory) {
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    return new MultiThreadIoEventLoopGroup(threads, threadFactory, ioHandler);
  }
}
