package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.config.AdminConfig;
import dev.bugle.advertiser.config.AdminListen;
import dev.bugle.advertiser.time.Ticker;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Serves what is known of the advertiser, and takes commands to it, over HTTP. All methods may be
 * called from any thread.
 */
public final class AdminServer implements AutoCloseable {

  /** How long answers that are under way may take when the server ends. */
  private static final long END_MILLIS = 500;

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final IoEventLoopGroup loop;
  private final Listeners listeners;
  private final Credentials credentials;
  private final Connections connections;
  private boolean closed;

  private AdminServer(Credentials credentials, Limits limits) {
    this.loop = new MultiThreadIoEventLoopGroup(1, this::newThread, Sockets.best().ioHandler());
    // Few and small requests: a pool would only hold memory.
    ByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    this.listeners = new Listeners(loop, Sockets.best(), allocator);
    this.credentials = credentials;
    this.connections = new Connections(limits.connections());
  }

  /**
   * Begins to listen at every place of the configuration; with none, nothing is opened.
   *
   * @throws IllegalStateException when it cannot listen somewhere, or the token or the certificate
   *     cannot be read, naming it and saying what to do
   * @throws IllegalArgumentException when two routes are the same
   */
  public static AdminServer open(AdminConfig config, AdminContent content) {
    return open(config, content, Limits.within(OpenFiles.limit()));
  }

  static AdminServer open(AdminConfig config, AdminContent content, Limits limits) {
    RouteTable routes = new RouteTable(StandardRoutes.with(content));
    Credentials credentials = Credentials.open(config);
    AdminServer server = new AdminServer(credentials, limits);
    Service service = new Service(routes, new Admission(credentials::token, Ticker.system()));
    Doorway doorway =
        new Doorway(
            limits, server.connections, credentials, service, new Memory(Limits.MAX_MEMORY));
    try {
      config.listen().forEach(place -> server.listeners.open(place, doorway));
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private Thread newThread(Runnable task) {
    Thread thread = new FastThreadLocalThread(task, "bugle-admin");
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  /** Where it listens, with the ports that were free. */
  public List<AdminListen> places() {
    return listeners.places();
  }

  /**
   * Stops listening, ends streams and idle connections, gives the answers that are under way half a
   * second, and returns when no socket, file or thread of it is left.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    listeners.close();
    credentials.close();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loop.execute(() -> endConnections(ended));
    ended.completeOnTimeout(null, END_MILLIS, TimeUnit.MILLISECONDS).join();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    // The loop says that it has ended while its thread still runs.
    threads.forEach(AdminServer::await);
  }

  private static void await(Thread thread) {
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }

  private void endConnections(CompletableFuture<Void> ended) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (Channel channel : connections.all()) {
      CompletableFuture<Void> one = new CompletableFuture<>();
      channel.closeFuture().addListener(closed -> one.complete(null));
      all.add(one);
      channel.pipeline().fireUserEventTriggered(ServerEnds.NOW);
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .thenRun(() -> ended.complete(null));
  }
}
