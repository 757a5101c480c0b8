package dev.bugle.bgp;

import dev.bugle.bgp.bmp.BmpTlv;
import dev.bugle.bgp.bmp.Initiation;
import dev.bugle.bgp.bmp.Termination;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The station of a speaker: holds the connection to it, and begins it again when it is lost (RFC
 * 7854 §3.2). On an event loop of its own choice, but for {@link #add} and {@link #remove}.
 */
final class BmpStation {

  private static final Logger log = LoggerFactory.getLogger(BmpStation.class);

  /** The system may keep as much again as we do, and no more than serves a station far away. */
  private static final int LARGEST_SEND_BUFFER = 1 << 20;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final SpeakerEnvironment environment;
  private final BmpConfig config;
  private final EventLoop loop;
  private final Set<BmpFeed> feeds = ConcurrentHashMap.newKeySet();
  private final Optional<BmpLocRib> locRib;
  private final Repetitions failures = new Repetitions();
  private volatile @Nullable BmpLink link;
  private @Nullable Channel connecting;
  private Duration pause = FIRST_PAUSE;
  private long connectedNanos;
  private @Nullable Future<?> statistics;
  private boolean ended;

  BmpStation(SpeakerEnvironment environment, BmpConfig config) {
    this.environment = environment;
    this.config = config;
    this.loop = environment.eventLoops().next();
    this.locRib =
        environment
            .routingTables()
            .filter(tables -> tells(BmpTable.LOC_RIB))
            .map(tables -> new BmpLocRib(tables, environment.config()));
  }

  /** From any thread: whether it is told of this, where that can be had. */
  boolean tells(BmpTable table) {
    return config.tables().contains(table);
  }

  void start() {
    loop.execute(this::connect);
  }

  /** From any thread: a session stands; it is told each link from now on. */
  Optional<BmpLink> add(BmpFeed feed) {
    feeds.add(feed);
    return Optional.ofNullable(link);
  }

  /** From any thread: a session stands no more. */
  void remove(BmpFeed feed) {
    feeds.remove(feed);
  }

  private void connect() {
    if (ended) {
      return;
    }
    new Bootstrap()
        .group(loop)
        .channel(environment.transport().socket())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_SNDBUF, Math.min(config.longestBacklog(), LARGEST_SEND_BUFFER))
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, SpeakerEnvironment.CONNECT_TIMEOUT_MILLIS)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                environment.track(channel);
                connecting = channel;
                channel.pipeline().addLast(new Presence());
              }
            })
        .connect(config.station())
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                lost(String.valueOf(done.cause().getMessage()));
              }
            });
  }

  /** What a station sends means nothing (RFC 7854 §3.2); its going does. */
  private final class Presence extends ChannelInboundHandlerAdapter {

    private @Nullable BmpLink own;
    private String cause = "it closed the connection";

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      BmpLink fresh = new BmpLink(ctx.channel(), config.longestBacklog());
      own = fresh;
      connected(fresh);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      if (own != null) {
        own.closed();
        disconnected(own.isOverflown() ? "it did not read" : cause);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
      cause = String.valueOf(failure.getMessage());
      if (!(failure instanceof IOException)) {
        log.error("BMP station {}: internal error", config.station(), failure);
      }
      ctx.close();
    }
  }

  private void connected(BmpLink fresh) {
    log.info("BMP station {}: connected", config.station());
    connectedNanos = System.nanoTime();
    fresh.send(
        new Initiation(
            List.of(
                BmpTlv.text(Initiation.SYS_DESCR, "Bugle, a BGP speaker"),
                BmpTlv.text(Initiation.SYS_NAME, config.sysName()))));
    link = fresh; // before the feeds are told: one that comes now finds it, or is among them
    feeds.forEach(feed -> feed.beginSoon(fresh));
    locRib.ifPresent(rib -> rib.begin(fresh));
    if (!config.statistics().isZero()) {
      long nanos = config.statistics().toNanos();
      statistics =
          loop.scheduleAtFixedRate(() -> report(fresh), nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void report(BmpLink told) {
    feeds.forEach(feed -> feed.reportSoon(told));
    locRib.ifPresent(rib -> rib.report(told));
  }

  private void disconnected(String cause) {
    link = null;
    locRib.ifPresent(BmpLocRib::end);
    if (statistics != null) {
      statistics.cancel(false);
      statistics = null;
    }
    if (System.nanoTime() - connectedNanos >= LONGEST_PAUSE.toNanos()) {
      pause = FIRST_PAUSE;
    }
    lost(cause);
  }

  private void lost(String cause) {
    if (ended) {
      return;
    }
    long times = failures.happened(cause, System.nanoTime());
    if (times > 0) {
      log.warn("BMP station {}: not connected, {} time(s): {}", config.station(), times, cause);
    }
    try {
      loop.schedule(this::connect, pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException over) {
      log.debug("BMP station {}: the speaker is closed", config.station());
    }
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  /** From any thread: says that this is the end, and closes. */
  void end() {
    loop.execute(
        () -> {
          ended = true;
          BmpLink last = link;
          if (last != null) {
            last.end(Termination.of(Termination.ADMINISTRATIVELY_CLOSED));
          } else if (connecting != null) {
            connecting.close();
          }
        });
  }
}
