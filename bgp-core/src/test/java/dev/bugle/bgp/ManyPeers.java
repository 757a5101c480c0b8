package dev.bugle.bgp;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Many routers of one AS in one thread, as simple as can be: they speak, listen and count. */
final class ManyPeers implements AutoCloseable {

  static final int AS = 65001;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final EventLoopGroup eventLoop = Transport.best().newEventLoops(Thread::new);
  private final List<Router> routers = new ArrayList<>();

  /** The address of the n-th router. */
  static String address(int n) {
    return "127.1." + n / 250 + "." + (1 + n % 250);
  }

  /** All connect to the speaker, and each announces so many routes once it may. */
  void connect(int count, int routes, InetSocketAddress speaker) {
    for (int n = 0; n < count; n++) {
      Router router = new Router(n, routes);
      routers.add(router);
      new Bootstrap()
          .group(eventLoop)
          .channel(Transport.best().socket())
          .handler(router)
          .connect(speaker, new InetSocketAddress(address(n), 0));
    }
  }

  /** Waits until each router knows these routes, by their MED, and no others. */
  void awaitTables(Map<String, Long> expected) throws InterruptedException {
    for (Router router : routers) {
      router.await(expected);
    }
  }

  /** Waits until each connection is closed, and returns what the routers were told last. */
  List<String> lastWords() throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (Router router : routers) {
      all.add(router.lastWord());
    }
    return all;
  }

  @Override
  public void close() {
    eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static final class Router extends ChannelInboundHandlerAdapter {
    private final int number;
    private final int routes;
    private final ByteBuf received = Unpooled.buffer();

    /** Guarded by this, as what follows. */
    private final Map<String, Long> table = new HashMap<>();

    private String lastWord = "nothing";
    private boolean closed;

    Router(int number, int routes) {
      this.number = number;
      this.routes = routes;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      send(
          ctx.channel(),
          new OpenMessage(
              AS,
              90,
              Ipv4Address.parse("10.1." + number / 250 + "." + (1 + number % 250)),
              List.of(new MultiprotocolCapability(AddressFamily.IPV4_UNICAST))));
      send(ctx.channel(), KeepaliveMessage.KEEPALIVE);
    }

    private static void send(Channel channel, Message message) {
      ByteBuf bytes = channel.alloc().buffer();
      MessageCodec.encode(message, bytes, CodecContext.INITIAL);
      channel.writeAndFlush(bytes);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      received.writeBytes(bytes);
      bytes.release();
      for (Optional<Message> next = next(); next.isPresent(); next = next()) {
        take(ctx.channel(), next.get());
      }
      received.discardSomeReadBytes();
    }

    private Optional<Message> next() {
      return MessageCodec.decodeNext(received, CodecContext.INITIAL);
    }

    private synchronized void take(Channel channel, Message message) {
      lastWord = message.toString();
      if (message instanceof OpenMessage) {
        send(channel, ownRoutes());
      } else if (message instanceof UpdateMessage update) {
        for (Nlri nlri : update.withdrawnRoutes()) {
          table.remove(nlri.toString());
        }
        for (Nlri nlri : update.nlri()) {
          table.put(
              nlri.toString(), update.attributes().get(MultiExitDisc.class).orElseThrow().value());
        }
      } else if (message == KeepaliveMessage.KEEPALIVE) {
        send(channel, message); // as often as the speaker does
      } else if (message instanceof NotificationMessage) {
        channel.close();
      }
      notifyAll();
    }

    private UpdateMessage ownRoutes() {
      List<Nlri> own = new ArrayList<>();
      for (int i = 0; i < routes; i++) {
        own.add(Prefix.parse("172." + (16 + number / 250) + "." + number % 250 + "." + i + "/32"));
      }
      return new UpdateMessage(
          List.of(),
          PathAttributes.of(
              Origin.IGP,
              AsPath.EMPTY.prepend(AS, 1),
              new NextHop(Ipv4Address.parse(address(number)))),
          own);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      synchronized (this) {
        closed = true;
        notifyAll();
      }
      received.release();
    }

    synchronized void await(Map<String, Long> expected) throws InterruptedException {
      long end = System.nanoTime() + LIMIT.toNanos();
      while (!table.equals(expected)) {
        TimeUnit.NANOSECONDS.timedWait(this, left(end, table.size() + " routes, " + lastWord));
      }
    }

    synchronized String lastWord() throws InterruptedException {
      long end = System.nanoTime() + LIMIT.toNanos();
      while (!closed) {
        TimeUnit.NANOSECONDS.timedWait(this, left(end, "still connected"));
      }
      return lastWord;
    }

    private long left(long end, String state) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("router " + address(number) + ": " + state);
      }
      return left;
    }
  }
}
