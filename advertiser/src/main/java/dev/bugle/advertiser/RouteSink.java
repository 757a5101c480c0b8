package dev.bugle.advertiser;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Where the routes go. Called by one thread at a time, and never blocks it. */
interface RouteSink {

  /**
   * Makes this the whole set of what is announced, by the names of VIPs.
   *
   * @return for each name that was added, changed or removed, a stage that completes when that has
   *     been handed to the socket of every peer that is up
   */
  Map<String, CompletionStage<Void>> set(Map<String, Advertisement> wanted);
}
