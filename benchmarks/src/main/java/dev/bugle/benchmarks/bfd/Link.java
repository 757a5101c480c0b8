package dev.bugle.benchmarks.bfd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Two network namespaces that are joined by a pair of virtual Ethernet interfaces. Each session has
 * two addresses of its own, because BIRD knows a session by the neighbour's. They are told where
 * the other side's are: the kernel's table of neighbours would overflow if it had to find out.
 */
final class Link implements AutoCloseable {

  /** The name of the interface on both sides. */
  static final String INTERFACE = "v0";

  private static final String ETHERNET_OF_CONTENDER = "02:00:00:00:00:01";
  private static final String ETHERNET_OF_NEIGHBOUR = "02:00:00:00:00:02";

  private final Namespace contender;
  private final Namespace neighbour;
  private final List<AddressPair> pairs;
  private boolean closed;

  private Link(String label, int sessions) {
    String prefix = "bugle-" + ProcessHandle.current().pid() + "-" + label;
    contender = new Namespace(prefix + "-contender");
    neighbour = new Namespace(prefix + "-neighbour");
    pairs = AddressPair.ofContender(sessions);
  }

  /**
   * Makes both, up and ready.
   *
   * @param label tells the links apart that exist at the same time
   */
  static Link join(String label, int sessions) throws IOException, InterruptedException {
    Link link = new Link(label, sessions);
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(link::close));
    } catch (IllegalStateException ending) {
      throw new IOException("this JVM ends", ending);
    }
    try {
      link.make();
      return link;
    } catch (IOException | InterruptedException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  private synchronized void make() throws IOException, InterruptedException {
    if (closed) {
      throw new IOException("this JVM ends");
    }
    ip(
        List.of(),
        """
        netns add %1$s
        netns add %2$s
        link add %3$s address %4$s netns %1$s type veth peer name %3$s address %5$s netns %2$s
        """
            .formatted(
                contender.name(),
                neighbour.name(),
                INTERFACE,
                ETHERNET_OF_CONTENDER,
                ETHERNET_OF_NEIGHBOUR));
    configure(contender, pairs, ETHERNET_OF_NEIGHBOUR);
    configure(neighbour, pairs.stream().map(AddressPair::mirrored).toList(), ETHERNET_OF_CONTENDER);
  }

  private static void configure(Namespace namespace, List<AddressPair> pairs, String other)
      throws IOException, InterruptedException {
    StringBuilder batch =
        new StringBuilder("link set lo up\nlink set %s up\n".formatted(INTERFACE));
    for (AddressPair pair : pairs) {
      batch.append(
          """
          addr add %1$s/8 dev %2$s
          neigh add %3$s lladdr %4$s nud permanent dev %2$s
          """
              .formatted(pair.local(), INTERFACE, pair.remote(), other));
    }
    ip(List.of("-n", namespace.name()), batch.toString());
  }

  private static void ip(List<String> options, String batch)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(options);
    command.addAll(List.of("-batch", "-"));
    Command.run(command, batch);
  }

  Namespace contender() {
    return contender;
  }

  Namespace neighbour() {
    return neighbour;
  }

  /** The addresses of the sessions, as the contender sees them. */
  List<AddressPair> pairs() {
    return pairs;
  }

  /** Removes both; the interfaces go with them. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Namespace namespace : List.of(contender, neighbour)) {
      try {
        Command.run(List.of("ip", "netns", "del", namespace.name()), "");
      } catch (IOException e) {
        System.err.println("cannot remove a network namespace: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
