package dev.bugle.it;

import java.net.InetSocketAddress;

/** One of the routers that are fed the same, at its place in the network. */
interface ComparedRouter extends AutoCloseable {

  /** The BGP Identifier, and so the CLUSTER_ID, of each of them. */
  String IDENTIFIER = "192.0.2.254";

  String name();

  /** The number of its addresses in the network. */
  int host();

  /** Where its neighbours connect to. */
  InetSocketAddress address();

  /** What it has to say for itself when it differs. */
  String log();

  @Override
  void close();
}
