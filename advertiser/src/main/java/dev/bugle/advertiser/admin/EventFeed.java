package dev.bugle.advertiser.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Writes the events of a stream to one connection, as far as the client reads. On the event loop.
 */
final class EventFeed {

  private static final byte[] BEGIN = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] HERE = ":\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DROPPED =
      "event: dropped\ndata: \"events were not read in time; connect again\"\n\n"
          .getBytes(StandardCharsets.UTF_8);

  private final ChannelHandlerContext context;
  private Optional<Subscription> subscription = Optional.empty();
  private Optional<Future<?>> heartbeat = Optional.empty();
  private boolean stalled;

  EventFeed(ChannelHandlerContext context) {
    this.context = context;
  }

  /** Whether the stream had room for one more reader; the head is not written yet. */
  boolean subscribe(EventStream stream) {
    subscription = stream.subscribe(this::wake);
    return subscription.isPresent();
  }

  /** The head has been written. */
  void begin() {
    write(BEGIN);
    heartbeat =
        Optional.of(
            context
                .executor()
                .scheduleAtFixedRate(
                    this::beat,
                    Limits.HEARTBEAT.toNanos(),
                    Limits.HEARTBEAT.toNanos(),
                    TimeUnit.NANOSECONDS));
    pump();
  }

  private void wake() {
    try {
      context.executor().execute(this::pump);
    } catch (RejectedExecutionException ended) {
      // The server has ended meanwhile, and with it the connection.
    }
  }

  /** Writes what there is while the socket takes it. */
  void pump() {
    Subscription from = subscription.orElse(null);
    if (from == null || !context.channel().isActive()) {
      return;
    }
    from.awake();
    while (context.channel().isWritable()) {
      Optional<byte[]> event = from.poll();
      if (event.isEmpty()) {
        break;
      }
      write(event.get());
      stalled = false;
    }
    context.flush();
    if (from.hasOverflowed()) {
      write(DROPPED);
      end();
    }
  }

  /** Tells a reader, and what is between, that this is alive; who has not read since is cut off. */
  private void beat() {
    if (context.channel().isWritable()) {
      stalled = false;
      write(HERE);
      context.flush();
    } else if (stalled) {
      context.close();
    } else {
      stalled = true;
    }
  }

  private void write(byte[] text) {
    context.write(new DefaultHttpContent(Unpooled.wrappedBuffer(text)));
  }

  /** Ends the stream in order; one who does not read is cut off soon. */
  void end() {
    cancel();
    context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(done -> context.close());
    context
        .executor()
        .schedule(() -> context.close(), Limits.LINGER.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The connection is gone. */
  void cancel() {
    subscription.ifPresent(Subscription::cancel);
    subscription = Optional.empty();
    heartbeat.ifPresent(running -> running.cancel(false));
    heartbeat = Optional.empty();
  }
}
