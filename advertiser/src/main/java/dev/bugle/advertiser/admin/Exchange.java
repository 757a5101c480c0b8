package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.admin.Service.Call;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One connection: takes requests one after the other, and writes an answer to each before it looks
 * at the next. What a client sends ahead waits, up to a bound. On the event loop.
 */
final class Exchange extends ChannelInboundHandlerAdapter {

  private enum State {
    /** For the head of a request. */
    WAITING,
    /** For the rest of it. */
    READING,
    /** For the handler, or the client to read the answer. */
    ANSWERING,
    /** Events are written until the client leaves. */
    STREAMING,
    /** It is over, and what still comes is thrown away. */
    DISCARDING
  }

  /**
   * A connection's request.
   *
   * @param call what it is for, or empty if it is refused
   */
  private record Current(HttpRequest head, Optional<Call> call, Optional<Problem> refusal) {}

  private final Service service;
  private final Dispatch dispatch;
  private final Patience patience;
  private final Deque<HttpObject> ahead = new ArrayDeque<>();
  private final Body body;
  private State state = State.WAITING;
  private Optional<Current> current = Optional.empty();
  private Optional<EventFeed> feed = Optional.empty();
  private boolean tooFarAhead;

  Exchange(Service service, Dispatch dispatch, Patience patience, Memory memory) {
    this.service = service;
    this.dispatch = dispatch;
    this.patience = patience;
    this.body = new Body(memory);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof HttpObject part)
        || state == State.DISCARDING
        || state == State.STREAMING) {
      ReferenceCountUtil.release(message);
    } else if (state == State.ANSWERING || !ahead.isEmpty()) {
      keep(ctx, part);
    } else {
      take(ctx, part);
    }
  }

  private void keep(ChannelHandlerContext ctx, HttpObject part) {
    if (tooFarAhead || ahead.size() >= Limits.MAX_AHEAD) {
      tooFarAhead = true; // Answered is what was taken so far; a client may then connect again.
      ReferenceCountUtil.release(part);
    } else {
      ahead.add(part);
    }
    ctx.channel().config().setAutoRead(false);
  }

  private void take(ChannelHandlerContext ctx, HttpObject part) {
    try {
      if (part.decoderResult().isFailure()) {
        refuseMalformed(ctx, part);
      } else if (part instanceof HttpRequest head) {
        begin(ctx, head);
      } else if (part instanceof HttpContent content) {
        more(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest head) {
    state = State.READING;
    try {
      Call call = service.call(head, dispatch.door(), dispatch.client());
      current = Optional.of(new Current(head, Optional.of(call), Optional.empty()));
      if (HttpUtil.is100ContinueExpected(head) && Service.hasBody(head)) {
        ctx.writeAndFlush(Response.goOn());
      }
    } catch (Problem problem) {
      current = Optional.of(new Current(head, Optional.empty(), Optional.of(problem)));
      if (Service.hasBody(head)) {
        answer(ctx, Response.of(problem).closing()); // Nobody waits for a body that is not wanted.
      }
    }
  }

  private void more(ChannelHandlerContext ctx, HttpContent content) {
    if (state != State.READING || current.isEmpty()) {
      return;
    }
    try {
      body.add(content.content());
    } catch (Problem problem) {
      answer(ctx, Response.of(problem).closing());
      return;
    }
    if (content instanceof LastHttpContent) {
      try {
        complete(ctx, current.get());
      } catch (Problem problem) {
        answer(ctx, Response.of(problem));
      }
    }
  }

  private void complete(ChannelHandlerContext ctx, Current request) throws Problem {
    if (request.refusal().isPresent()) {
      answer(ctx, Response.of(request.refusal().get()));
      return;
    }
    Call call = request.call().orElseThrow();
    if (call.options()) {
      answer(ctx, Response.options(service.allowed(call.target())));
      return;
    }
    state = State.ANSWERING;
    patience.stop();
    dispatch.run(
        ctx.executor(),
        request.head(),
        call,
        body.take(call.match().route().body()),
        outcome -> outcome(ctx, request, outcome));
  }

  /** The handler has answered; the connection may be gone by now. */
  private void outcome(ChannelHandlerContext ctx, Current request, Answer answer) {
    if (state != State.ANSWERING || !current.equals(Optional.of(request))) {
      return;
    }
    if (answer instanceof Answer.Events events) {
      stream(ctx, request.head(), events.stream());
    } else if (answer instanceof Answer.Text text) {
      answer(ctx, Response.of(text));
    }
  }

  private void stream(ChannelHandlerContext ctx, HttpRequest head, EventStream stream) {
    if (head.method().name().equals("HEAD")) {
      answer(ctx, Response.headOfStream());
      return;
    }
    EventFeed opened = new EventFeed(ctx);
    if (!opened.subscribe(stream)) {
      answer(
          ctx,
          Response.of(
              Problem.of(
                  503,
                  "this stream has its "
                      + EventStream.MAX_SUBSCRIBERS
                      + " readers already; end one of them")));
      return;
    }
    state = State.STREAMING;
    discardAhead();
    ctx.channel().config().setAutoRead(true); // To hear of its end; what it sends is thrown away.
    ctx.write(Response.streamHead(head.protocolVersion().equals(HttpVersion.HTTP_1_1)));
    feed = Optional.of(opened);
    opened.begin();
  }

  private void refuseMalformed(ChannelHandlerContext ctx, HttpObject part) {
    Throwable cause = part.decoderResult().cause();
    Problem problem;
    if (cause instanceof TooLongHttpLineException) {
      problem = Problem.of(414, "the first line has more than " + Limits.MAX_LINE + " bytes");
    } else if (cause instanceof TooLongHttpHeaderException) {
      problem = Problem.of(431, "the header has more than " + Limits.MAX_HEADERS + " bytes");
    } else {
      problem = Problem.of(400, "this is not HTTP/1.1 as RFC 9112 has it");
    }
    answer(ctx, Response.of(problem).closing());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Patience.Expired.REQUEST) {
      if (state == State.WAITING || state == State.READING) {
        answer(
            ctx,
            Response.of(Problem.of(408, "the request did not come in time; send it at once"))
                .closing());
      }
    } else if (event == ServerEnds.NOW) {
      end(ctx);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  private void answer(ChannelHandlerContext ctx, Response response) {
    boolean close =
        response.isClosing()
            || tooFarAhead
            || current.map(request -> !HttpUtil.isKeepAlive(request.head())).orElse(true);
    boolean headOnly =
        current.map(request -> request.head().method().name().equals("HEAD")).orElse(false);
    state = State.ANSWERING;
    patience.waitForReader();
    body.clear();
    int size = response.size() > Limits.SMALL_ANSWER ? response.size() : 0;
    boolean room = body.memory().take(size);
    Response written =
        room ? response : Response.of(Problem.of(503, "too much is being read; ask again later"));
    ctx.writeAndFlush(written.full(close, headOnly))
        .addListener(
            done -> {
              if (room) {
                body.memory().giveBack(size);
              }
              if (!done.isSuccess()) {
                ctx.close();
              } else if (close) {
                linger(ctx);
              } else {
                next(ctx);
              }
            });
  }

  /** Closing at once, with octets unread, could take the answer away from the client. */
  private void linger(ChannelHandlerContext ctx) {
    state = State.DISCARDING;
    discardAhead();
    ctx.channel().config().setAutoRead(true);
    ctx.executor().schedule(() -> ctx.close(), Limits.LINGER.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void next(ChannelHandlerContext ctx) {
    current = Optional.empty();
    state = State.WAITING;
    patience.waitForRequest();
    if (!ahead.isEmpty()) {
      patience.requestBegins();
    }
    while (!ahead.isEmpty() && (state == State.WAITING || state == State.READING)) {
      take(ctx, ahead.remove());
    }
    if (ahead.isEmpty()) {
      if (tooFarAhead && state != State.ANSWERING) {
        linger(ctx);
      }
      ctx.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    feed.ifPresent(EventFeed::pump);
    ctx.fireChannelWritabilityChanged();
  }

  /** The server ends: so does this, at once unless an answer is under way. */
  private void end(ChannelHandlerContext ctx) {
    if (state == State.STREAMING) {
      feed.ifPresent(EventFeed::end);
    } else if (state == State.ANSWERING) {
      tooFarAhead = true;
    } else {
      ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    state = State.DISCARDING;
    feed.ifPresent(EventFeed::cancel);
    body.clear();
    discardAhead();
    ctx.fireChannelInactive();
  }

  private void discardAhead() {
    ahead.forEach(ReferenceCountUtil::release);
    ahead.clear();
  }

  /** Of a stranger's connection nothing is worth a line: it was reset, or did not speak TLS. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
