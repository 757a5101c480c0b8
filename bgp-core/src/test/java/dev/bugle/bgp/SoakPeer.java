package dev.bugle.bgp;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A router that sends octets which were made before, and counts what it hears without reading it.
 * It measures for how long it heard nothing. On one event loop; its counts can be read from any.
 */
final class SoakPeer extends ChannelInboundHandlerAdapter {

  /** Unless it is given another one: a machine may stand still for a while. */
  static final int HOLD_SECONDS = 9;

  static final CodecContext CONTEXT = CodecContext.INITIAL.withFourOctetAs(true);

  private static final int HEADER = 19;
  private static final int LENGTH_AT = 16;
  private static final int TYPE_AT = 18;
  private static final int OPEN = 1;
  private static final int UPDATE = 2;
  private static final int NOTIFICATION = 3;

  /** What a peer reads that is slow on purpose, and how often. */
  private static final int SLOW_OCTETS = 2048;

  private static final int SLOW_MILLIS = 50;

  private final int as;
  private final String address;
  private final List<Capability> capabilities;
  private final boolean slow;
  private final ByteBuf received = Unpooled.buffer();
  private int holdSeconds = HOLD_SECONDS;
  private Consumer<ByteBuf> eachUpdate = update -> {};
  private @Nullable Channel channel;
  private long lastMessage;

  private final AtomicLong announced = new AtomicLong();

  /** Written on the event loop only, as what follows. */
  private volatile long longestSilence;

  private volatile String ended = "";

  private SoakPeer(String address, int as, boolean slow, Capability... more) {
    this.address = address;
    this.as = as;
    this.slow = slow;
    this.capabilities = new ArrayList<>(List.of(more));
    capabilities.add(new MultiprotocolCapability(AddressFamily.IPV4_UNICAST));
    capabilities.add(new FourOctetAsCapability(as));
  }

  /** One that reads what it can. */
  static SoakPeer of(String address, int as, Capability... more) {
    return new SoakPeer(address, as, false, more);
  }

  /** One that reads some 40,000 octets in a second. */
  static SoakPeer slow(String address, int as) {
    return new SoakPeer(address, as, true);
  }

  /** Is given each UPDATE as octets that begin with its header; on the event loop. */
  SoakPeer hearing(Consumer<ByteBuf> each) {
    eachUpdate = each;
    return this;
  }

  /** Has this hold time. */
  SoakPeer holding(int seconds) {
    holdSeconds = seconds;
    return this;
  }

  /** Connects, and keeps the session alive from then on. */
  ChannelFuture connect(EventLoopGroup loops, InetSocketAddress speaker) {
    Bootstrap bootstrap =
        new Bootstrap().group(loops).channel(Transport.best().socket()).handler(this);
    if (slow) {
      bootstrap
          .option(ChannelOption.SO_RCVBUF, SLOW_OCTETS)
          .option(ChannelOption.AUTO_READ, false)
          .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(SLOW_OCTETS));
    }
    return bootstrap.connect(speaker, new InetSocketAddress(address, 0));
  }

  /** Sends octets, which stay the caller's. */
  ChannelFuture send(ByteBuf octets) {
    return channel().writeAndFlush(octets.retainedDuplicate());
  }

  /** Sends a message. */
  ChannelFuture send(Message message) {
    ByteBuf octets = channel().alloc().buffer();
    MessageCodec.encode(message, octets, CONTEXT);
    return channel().writeAndFlush(octets);
  }

  Channel channel() {
    if (channel == null) {
      throw new IllegalStateException(address + " is not connected");
    }
    return channel;
  }

  String address() {
    return address;
  }

  /** How many destinations it was told, each as often as it was told it. */
  long announced() {
    return announced.get();
  }

  /** How the session ended; empty while it stands. */
  String ended() {
    return ended;
  }

  /** The longest time without a message, in milliseconds. */
  long longestSilenceMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longestSilence);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    send(new OpenMessage(Math.min(as, 23456), holdSeconds, identifier(), capabilities));
    send(KeepaliveMessage.KEEPALIVE);
    every(1000, () -> send(KeepaliveMessage.KEEPALIVE));
    if (slow) {
      every(SLOW_MILLIS, ctx::read);
    }
  }

  private Ipv4Address identifier() {
    return Ipv4Address.parse(address);
  }

  private void every(int millis, Runnable task) {
    var timer =
        channel().eventLoop().scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
    channel().closeFuture().addListener(closed -> timer.cancel(false));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf octets = (ByteBuf) message;
    received.writeBytes(octets);
    octets.release();
    while (received.readableBytes() >= HEADER) {
      int length = received.getUnsignedShort(received.readerIndex() + LENGTH_AT);
      if (received.readableBytes() < length) {
        break;
      }
      take(received.readSlice(length));
    }
    received.discardSomeReadBytes();
  }

  private void take(ByteBuf message) {
    long now = System.nanoTime();
    int type = message.getByte(TYPE_AT);
    if (type == OPEN) {
      lastMessage = now;
    }
    longestSilence = Math.max(longestSilence, now - lastMessage);
    lastMessage = now;
    if (type == UPDATE) {
      announced.addAndGet(destinations(message));
      eachUpdate.accept(message);
    } else if (type == NOTIFICATION) {
      ended = MessageCodec.decodeNext(message, CONTEXT).orElseThrow().toString();
    }
  }

  /** How many are in the NLRI field. */
  private static int destinations(ByteBuf update) {
    int at = HEADER + 2 + update.getUnsignedShort(HEADER);
    at += 2 + update.getUnsignedShort(at);
    int count = 0;
    for (; at < update.readableBytes(); count++) {
      at += 1 + (update.getUnsignedByte(at) + 7) / 8;
    }
    return count;
  }

  /** What it says of a message that it was given, decoded. */
  static UpdateMessage decoded(ByteBuf update) {
    return (UpdateMessage) MessageCodec.decodeNext(update.slice(), CONTEXT).orElseThrow();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (ended.isEmpty()) {
      ended = "connection closed";
    }
    received.release();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ended = cause.toString();
    ctx.close();
  }
}
