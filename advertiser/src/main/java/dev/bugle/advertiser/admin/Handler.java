package dev.bugle.advertiser.admin;

import java.util.concurrent.CompletionStage;

/** What a route does. It is called on the admin server's event loop, and must not block. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers a request.
   *
   * @return completes with the answer, on any thread; exceptionally with a {@link Problem} for a
   *     refusal, and with anything else for a failure of this side, which is logged and answered
   *     with 500
   * @throws Problem when it refuses the request
   */
  CompletionStage<Answer> handle(Request request) throws Problem;
}
