package dev.bugle.advertiser;

import dev.bugle.bgp.Route;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Where the routes go. Called by one thread at a time, and never blocks it. */
interface RouteSink {

  /** Makes this the whole set of routes that are announced. */
  void set(Set<Route> routes);

  /** Completes when every change so far has been handed to the socket of every peer that is up. */
  CompletionStage<Void> flush();
}
