package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.admin.Service.Call;
import dev.bugle.advertiser.json.Json;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the handlers for one connection, and makes an answer of whatever comes of it. Commands are
 * logged, with who gave them.
 */
record Dispatch(Door door, String client, Duration limit) {

  private static final Logger log = LoggerFactory.getLogger(Dispatch.class);

  /** Calls the handler; the outcome is told on the event loop, once. */
  void run(
      EventExecutor loop,
      HttpRequest head,
      Call call,
      Optional<Json> body,
      Consumer<Answer> outcome) {
    Route route = call.match().route();
    Request request =
        new Request(
            call.match().path(),
            call.target().query(),
            body,
            client,
            String.join(",", head.headers().getAll(HttpHeaderNames.ACCEPT)));
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    try {
      CompletionStage<Answer> stage = route.handler().handle(request);
      stage.whenComplete(
          (done, failed) -> {
            if (failed != null) {
              answer.complete(refusal(route, failed));
            } else {
              answer.complete(done);
            }
          });
    } catch (Problem | RuntimeException failed) {
      answer.complete(refusal(route, failed));
    }
    if (!answer.isDone()) {
      loop.schedule(() -> answer.complete(late()), limit.toNanos(), TimeUnit.NANOSECONDS);
    }
    Executor here = loop.inEventLoop() && answer.isDone() ? Runnable::run : quietly(loop);
    answer.thenAcceptAsync(
        done -> {
          if (route.method() != Route.Method.GET) {
            log.info("{} {} from {}: {}", route.method(), head.uri(), client, status(done));
          }
          outcome.accept(done);
        },
        here);
  }

  /** When the loop has ended, nobody waits for the answer any more. */
  private static Executor quietly(EventExecutor loop) {
    return task -> {
      try {
        loop.execute(task);
      } catch (RejectedExecutionException ended) {
        log.debug("an answer came when the admin server had ended");
      }
    };
  }

  private static int status(Answer answer) {
    return answer instanceof Answer.Text text ? text.status() : 200;
  }

  private Answer late() {
    return Answer.problem(
        Problem.of(
            504, "it is not done yet, but may still be; look at the state before you repeat"));
  }

  private static Answer refusal(Route route, Throwable failed) {
    Throwable cause =
        failed instanceof CompletionException && failed.getCause() != null
            ? failed.getCause()
            : failed;
    if (cause instanceof Problem problem) {
      return Answer.problem(problem);
    }
    log.error("{} {} failed", route.method(), route.path(), cause);
    return Answer.problem(
        Problem.of(500, "this failed, which is a fault of bugle; its log has the cause"));
  }
}
