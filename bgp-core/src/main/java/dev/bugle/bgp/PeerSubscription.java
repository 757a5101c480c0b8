package dev.bugle.bgp;

/** That a listener hears a peer. May be closed from any thread, also more than once. */
@FunctionalInterface
public interface PeerSubscription extends AutoCloseable {

  /** Ends it. Does not wait. */
  @Override
  void close();
}
