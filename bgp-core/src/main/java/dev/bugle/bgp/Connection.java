package dev.bugle.bgp;

import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.MessageDecoder;
import dev.bugle.bgp.wire.message.PackedUpdates;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection of a session: cuts what arrives into messages and hands them to the session as
 * events, and writes the messages that the session sends. Lives on the session's event loop.
 *
 * <p>What is kept of what was received is always less than one message.
 */
final class Connection extends ChannelInboundHandlerAdapter {

  /** How many closed connections of one peer at a time wait until it has read why. */
  private static final int MAX_LINGERING = 8;

  private final SessionDriver session;
  private final Initiator initiator;
  private final Channel channel;
  private final MessageDecoder decoder = new MessageDecoder();
  private CodecContext context = CodecContext.INITIAL;
  private @Nullable ByteBuf received;

  /** Of the message that was read last. */
  private int lastLength;

  /** The last KEEPALIVE; done when the socket has it. */
  private @Nullable ChannelFuture keepalive;

  private boolean closed;

  Connection(SessionDriver session, Initiator initiator, Channel channel) {
    this.session = session;
    this.initiator = initiator;
    this.channel = channel;
  }

  Initiator initiator() {
    return initiator;
  }

  /** How messages are read and written from now on. */
  void context(CodecContext negotiated) {
    context = negotiated;
  }

  /** How messages are read and written. */
  CodecContext context() {
    return context;
  }

  Channel channel() {
    return channel;
  }

  InetSocketAddress localAddress() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Both ends; empty when it is gone already. */
  Optional<Endpoints> endpoints() {
    return channel.localAddress() instanceof InetSocketAddress local
            && channel.remoteAddress() instanceof InetSocketAddress remote
        ? Optional.of(new Endpoints(local, remote))
        : Optional.empty();
  }

  /** How many octets the message had that was read last. */
  int lastLength() {
    return lastLength;
  }

  /** Whether what the peer sends is read, or left in the socket. */
  void read(boolean whether) {
    channel.config().setAutoRead(whether);
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  /** Tells the session, once the socket has what was written so, that the peer reads. */
  void tellWhenSent(ChannelFuture written) {
    written.addListener(
        done -> {
          if (done.isSuccess() && !closed) {
            session.handle(new Event.Sent(initiator));
          }
        });
  }

  /** From any thread: about how many octets are written that the system has not taken yet. */
  long unsentOctets() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes(); // null once it is closed
  }

  /** Writes a message without flushing; the future tells when the socket has it. */
  ChannelFuture write(Message message) {
    ByteBuf bytes = channel.alloc().ioBuffer(128);
    try {
      MessageCodec.encode(message, bytes, context);
    } catch (RuntimeException notEncodable) {
      bytes.release();
      throw notEncodable;
    }
    session.counters().sent(message);
    session.written(initiator, message, bytes);
    return channel.write(bytes);
  }

  /** Writes UPDATEs of a family, which are released then, without flushing. */
  ChannelFuture write(AddressFamily family, PackedUpdates updates) {
    session.counters().sent(family, updates);
    session.written(initiator, updates);
    return channel.write(updates.bytes());
  }

  /** Sends a message at once, and tells the session when the socket has it. */
  void send(Message message) {
    if (message == KeepaliveMessage.KEEPALIVE) {
      if (keepalive != null && !keepalive.isDone()) {
        return; // to a peer that does not read, one that waits says as much as many
      }
      keepalive = write(message);
      tellWhenSent(keepalive);
    } else {
      tellWhenSent(write(message));
    }
    flush();
  }

  void flush() {
    channel.flush();
  }

  /**
   * Closes the connection so that the peer can still read what was sent. No event of this
   * connection reaches the session any more.
   */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    dropReceived();
    LingeringClose.of(channel, session.lingering(), MAX_LINGERING);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (!closed) {
      session.opened(this);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (closed) {
      ReferenceCountUtil.release(message);
      return;
    }
    append((ByteBuf) message);
    try {
      decode();
    } catch (RuntimeException unforeseen) {
      session.failed(unforeseen);
    }
    if (received != null && !received.isReadable()) {
      dropReceived();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!closed) {
      session.readComplete();
    }
  }

  private void append(ByteBuf more) {
    ByteBuf before = received;
    if (before == null) {
      received = more;
      return;
    }
    received = channel.alloc().buffer(before.readableBytes() + more.readableBytes());
    received.writeBytes(before).writeBytes(more);
    before.release();
    more.release();
  }

  private void decode() {
    while (received != null) {
      int start = received.readerIndex();
      Optional<Message> message;
      try {
        message = decoder.decodeNext(received, context);
      } catch (BgpException fault) {
        session.handle(new Event.MessageFaulty(initiator, fault.error(), fault.found()));
        return;
      }
      if (message.isEmpty()) {
        return;
      }
      lastLength = received.readerIndex() - start;
      session.counters().received(message.get());
      if (session.isRecorded()) {
        session.octets(initiator, Bytes.readAll(received.slice(start, lastLength)));
      }
      session.handle(new Event.MessageReceived(initiator, message.get()));
    }
  }

  private void dropReceived() {
    if (received != null) {
      received.release();
      received = null;
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!closed && channel.isWritable()) {
      session.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lost("the peer closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    if (failure instanceof IOException) {
      lost("connection lost: " + failure.getMessage());
    } else {
      session.failed(failure);
    }
    channel.close();
  }

  /** The connection could not be opened, or is gone. */
  void lost(String cause) {
    dropReceived();
    if (!closed) {
      closed = true;
      session.handle(new Event.ConnectionFailed(initiator, cause));
    }
  }

  @Override
  public String toString() {
    return initiator + " " + channel;
  }
}
