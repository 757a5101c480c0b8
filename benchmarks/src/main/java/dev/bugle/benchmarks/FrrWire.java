package dev.bugle.benchmarks;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace and a pair of virtual Ethernet interfaces that joins it to this one: FRR
 * takes no peer on loopback, and changes routes of the namespace that it is in.
 */
final class FrrWire implements AutoCloseable {

  private static final long PID = ProcessHandle.current().pid();

  private final String namespace = "bugle-footprint-" + PID;
  private final String device = "bfp" + Long.toString(PID, 36);
  private boolean closed;

  private FrrWire() {}

  /** Makes it; it is removed at the latest when this JVM ends. */
  static FrrWire make() throws IOException, InterruptedException {
    FrrWire wire = new FrrWire();
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(wire::close));
    } catch (IllegalStateException ending) {
      throw new IOException("this JVM ends", ending);
    }
    try {
      wire.join();
      return wire;
    } catch (IOException | InterruptedException | RuntimeException e) {
      wire.close();
      throw e;
    }
  }

  private synchronized void join() throws IOException, InterruptedException {
    if (closed) {
      throw new IOException("this JVM ends");
    }
    for (String command :
        List.of(
            "netns add " + namespace,
            "link add " + device + " type veth peer name eth0 netns " + namespace,
            "address add " + peerAddress() + "/30 dev " + device,
            "link set " + device + " up",
            "-n " + namespace + " address add " + ownAddress() + "/30 dev eth0",
            "-n " + namespace + " link set lo up",
            "-n " + namespace + " link set eth0 up")) {
      ip(command);
    }
  }

  private static void ip(String command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(Daemon.find("ip").orElseThrow().toString()));
    all.addAll(List.of(command.split(" ", -1)));
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    if (process.waitFor() != 0) {
      throw new IOException("'ip %s' failed: %s".formatted(command, printed.strip()));
    }
  }

  /** Each process has its own network out of 10.230.0.0/16. */
  private static String address(int host) {
    int low = (int) (PID % (1 << 14)) * 4 + host;
    return "10.230." + (low >> 8) + "." + (low & 0xff);
  }

  /** At this end. */
  String peerAddress() {
    return address(1);
  }

  /** Within the namespace. */
  String ownAddress() {
    return address(2);
  }

  /** The command that does the same within, in the same process. */
  List<String> inside(List<String> command) {
    List<String> inside =
        new ArrayList<>(
            List.of(Daemon.find("ip").orElseThrow().toString(), "netns", "exec", namespace));
    inside.addAll(command);
    return inside;
  }

  /** Removes the namespace, and the interfaces with it. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      ip("netns del " + namespace);
    } catch (IOException e) {
      System.err.println("cannot remove a network namespace: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
