package dev.bugle.advertiser.admin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How long a connection is waited for. A request has its time from its first byte, however many
 * follow slowly. It stands before the codec, to see bytes that are no request yet. On the event
 * loop.
 */
final class Patience extends ChannelInboundHandlerAdapter {

  /** Told to the handlers behind when a request was begun and is not complete in time. */
  enum Expired {
    /** The only one. */
    REQUEST
  }

  private final Limits limits;
  private final Connections connections;
  private Optional<ChannelHandlerContext> context = Optional.empty();
  private Optional<Future<?>> timer = Optional.empty();
  private boolean idle;

  Patience(Limits limits, Connections connections) {
    this.limits = limits;
    this.connections = connections;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = Optional.of(ctx);
    waitForRequest();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stop();
    ctx.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    if (idle) {
      requestBegins();
    }
    ctx.fireChannelRead(bytes);
  }

  /** The connection is free. */
  void waitForRequest() {
    idle = true;
    context.ifPresent(ctx -> connections.waiting(ctx.channel()));
    start(limits.idle(), ctx -> ctx.close());
  }

  /** Some of a request is there. */
  void requestBegins() {
    idle = false;
    start(limits.request(), ctx -> ctx.fireUserEventTriggered(Expired.REQUEST));
  }

  /** The request is complete; it is for this side to hurry. */
  void stop() {
    idle = false;
    context.ifPresent(ctx -> connections.busy(ctx.channel()));
    timer.ifPresent(running -> running.cancel(false));
    timer = Optional.empty();
  }

  /** The answer has been written, and the client has to read it. */
  void waitForReader() {
    stop();
    start(limits.answer(), ctx -> ctx.close());
  }

  private void start(Duration limit, Consumer<ChannelHandlerContext> expired) {
    timer.ifPresent(running -> running.cancel(false));
    timer =
        context.map(
            ctx ->
                ctx.executor()
                    .schedule(() -> expired.accept(ctx), limit.toNanos(), TimeUnit.NANOSECONDS));
  }
}
