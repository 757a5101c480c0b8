package dev.bugle.bgp;

import dev.bugle.bgp.rib.LocalRib;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a session needs of its speaker: event loops, sockets, and the desired set. It knows every
 * socket that is open, so that none is left behind. Thread-safe.
 */
final class SpeakerEnvironment {

  /**
   * Less than the state machine's: it is here that something can be said about what no answer may
   * mean. Enough for a SYN and three more.
   */
  static final int CONNECT_TIMEOUT_MILLIS = 8_000;

  private static final long THREAD_END_MILLIS = 1000;

  /** How long sockets may take to close after the last NOTIFICATION. */
  private static final long CLOSE_MILLIS = 1500;

  private final SpeakerConfig config;
  private final Transport transport;
  private final EventLoopGroup eventLoops;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

  /** The desired set; guarded by itself. */
  private final LocalRib localRib = new LocalRib();

  private volatile int desiredRoutes;

  private final Optional<RoutingTables> routingTables;
  private final Optional<BmpStation> station;

  SpeakerEnvironment(SpeakerConfig config, Transport transport) {
    this.config = config;
    this.transport = transport;
    this.eventLoops = transport.newEventLoops(this::newThread);
    this.routingTables =
        config
            .routingTable()
            .map(
                tables ->
                    new RoutingTables(tables, config, ThreadLocalRandom.current().nextLong()));
    routingTables.ifPresent(this::startThread);
    routingTables.filter(tables -> config.restarting()).ifPresent(this::limitDeferral);
    this.station = config.bmp().map(bmp -> new BmpStation(this, bmp));
  }

  /** RFC 4724 §4.1: the Selection_Deferral_Timer. */
  private void limitDeferral(RoutingTables tables) {
    Duration time = config.routingTable().orElseThrow().selectionDeferralTime();
    eventLoops.schedule(
        () -> tables.execute(() -> tables.selection().expire()),
        time.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  SpeakerConfig config() {
    return config;
  }

  /** Where what the peers announce goes, if it is kept. */
  Optional<RoutingTables> routingTables() {
    return routingTables;
  }

  /** Who is told what the peers say, if somebody is. */
  Optional<BmpStation> station() {
    return station;
  }

  Transport transport() {
    return transport;
  }

  EventLoopGroup eventLoops() {
    return eventLoops;
  }

  /** The sockets that are open now. */
  Set<Channel> channels() {
    return channels;
  }

  /** Those of them that listen. */
  List<Channel> listeners() {
    return channels.stream().filter(ServerChannel.class::isInstance).toList();
  }

  /**
   * Runs work on the desired set, alone. What the work hands to the event loops arrives there in
   * the order of the changes; it must not wait, and run nothing of a caller.
   */
  void withRib(Consumer<LocalRib> work) {
    synchronized (localRib) {
      work.accept(localRib);
      desiredRoutes = localRib.size();
    }
  }

  /** How many destinations are to be announced; waits for nobody. */
  int desiredRoutes() {
    return desiredRoutes;
  }

  private Thread newThread(Runnable task) {
    Thread thread =
        new FastThreadLocalThread(task, "bgp-" + config.routerId() + "-" + (threads.size() + 1));
    threads.add(thread);
    return thread;
  }

  /** Starts a thread beside the event loops, which ends by itself when the speaker ends. */
  void startThread(Runnable task) {
    newThread(task).start();
  }

  /**
   * Closes the listening sockets, waits a moment for the peers to close the others, and ends the
   * event loops.
   *
   * @return completes when no socket or buffer is left and the event loops have ended
   */
  CompletableFuture<Void> end() {
    station.ifPresent(BmpStation::end);
    List<Channel> open = List.copyOf(channels);
    CompletableFuture<Void> allClosed = new CompletableFuture<>();
    CompletableFuture<?>[] closed =
        open.stream()
            .map(
                channel -> {
                  if (channel instanceof ServerChannel) {
                    channel.close();
                  }
                  CompletableFuture<Void> one = new CompletableFuture<>();
                  channel.closeFuture().addListener(done -> one.complete(null));
                  return one;
                })
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(closed).thenRun(() -> allClosed.complete(null));
    eventLoops.schedule(
        () -> {
          open.forEach(Channel::close);
          allClosed.complete(null);
        },
        CLOSE_MILLIS,
        TimeUnit.MILLISECONDS);
    CompletableFuture<Void> ended = new CompletableFuture<>();
    routingTables.ifPresent(RoutingTables::end);
    allClosed.thenRun(
        () ->
            eventLoops
                .shutdownGracefully(0, 1, TimeUnit.SECONDS)
                .addListener(done -> ended.complete(null)));
    return ended;
  }

  /** Waits until the threads of the event loops, which are ending, have ended. */
  void awaitThreads() {
    for (Thread thread : threads) {
      try {
        thread.join(THREAD_END_MILLIS);
      } catch (InterruptedException asked) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Remembers a socket until it is closed. */
  void track(Channel channel) {
    channels.add(channel);
    channel.closeFuture().addListener(closed -> channels.remove(channel));
  }

  /** Gives an accepted connection to an event loop. */
  void register(EventLoop loop, Channel channel) {
    track(channel);
    channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    // Behind what the session was told before: a connection must not overtake its start, which it
    // would where the session is on the event loop that accepts.
    loop.execute(() -> loop.register(channel));
  }

  /**
   * Opens a connection to a peer, with its protection; the connection hears of the outcome. Called
   * on the loop.
   *
   * @param peer with the address to connect to
   * @throws java.io.UncheckedIOException when the peer's interface is not there
   */
  void connect(
      EventLoop loop,
      PeerConfig peer,
      PeerProtection protection,
      Function<Channel, Connection> connections) {
    InetSocketAddress remote = peer.peerAddress().socketAddress(peer.transport().port());
    AtomicReference<@Nullable Connection> made = new AtomicReference<>();
    AtomicReference<@Nullable Throwable> unprotected = new AtomicReference<>();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(transport.socket())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    track(channel);
                    Connection connection = connections.apply(channel);
                    made.set(connection);
                    try {
                      protection.connecting(channel);
                      channel.pipeline().addLast(connection);
                    } catch (RuntimeException refused) {
                      unprotected.set(refused);
                      channel.close();
                    }
                  }
                });
    ChannelFuture connected =
        peer.transport()
            .localAddress()
            .map(peer.peerAddress()::ownSocketAddress)
            .map(own -> bootstrap.connect(remote, own))
            .orElseGet(() -> bootstrap.connect(remote));
    ConnectFailure failure = new ConnectFailure(peer, peer.standing(config).isExternal());
    connected.addListener(
        done -> {
          Connection connection = made.get();
          if (!done.isSuccess() && connection != null) {
            Throwable cause = Objects.requireNonNullElse(unprotected.get(), done.cause());
            connection.lost(failure.text(cause));
          }
        });
  }
}
