package dev.bugle.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one neighbour that a router has, which is Bugle, and how to reach it.
 *
 * @param routerAs the router's own AS number
 * @param bugleAs the AS number that the router expects of Bugle
 * @param address Bugle's address, by which the router knows the neighbour
 * @param port where Bugle listens, for a router that connects
 * @param connects whether the router opens connections; one that does not only listens, on port 179
 * @param holdTime what the router offers
 * @param options all else
 */
record RouterConfig(
    long routerAs,
    long bugleAs,
    String address,
    int port,
    boolean connects,
    Duration holdTime,
    List<NeighborOption> options) {

  RouterConfig {
    options = List.copyOf(options);
  }

  /** Without any option. */
  RouterConfig(
      long routerAs, long bugleAs, String address, int port, boolean connects, Duration holdTime) {
    this(routerAs, bugleAs, address, port, connects, holdTime, List.of());
  }

  /** With more options; one of a kind that is there already is replaced. */
  RouterConfig with(NeighborOption... more) {
    List<NeighborOption> all = new ArrayList<>(options);
    for (NeighborOption option : more) {
      all.removeIf(old -> old.getClass() == option.getClass());
      all.add(option);
    }
    return new RouterConfig(routerAs, bugleAs, address, port, connects, holdTime, all);
  }

  <O extends NeighborOption> Optional<O> option(Class<O> kind) {
    return options.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  boolean has(Class<? extends NeighborOption> kind) {
    return option(kind).isPresent();
  }

  /** Refuses options that a daemon does not have. */
  @SafeVarargs
  final void refuse(String daemon, Class<? extends NeighborOption>... kinds) {
    for (Class<? extends NeighborOption> kind : kinds) {
      option(kind)
          .ifPresent(
              option -> {
                throw new IllegalArgumentException(daemon + " cannot be configured with " + option);
              });
    }
  }

  boolean isIpv6() {
    return address.contains(":");
  }
}
