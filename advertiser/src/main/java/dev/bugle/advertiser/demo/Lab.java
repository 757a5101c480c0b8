package dev.bugle.advertiser.demo;

import dev.bugle.advertiser.lock.LockFile;
import dev.bugle.advertiser.lock.LockFile.NotLocked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The router, the two advertisers and the directory of their files. Closing leaves nothing. */
final class Lab implements AutoCloseable {

  private final Path directory;
  private final List<Node> nodes;
  private final Router router;

  private Lab(Path directory, List<Node> nodes, Router router) {
    this.directory = directory;
    this.nodes = nodes;
    this.router = router;
  }

  /** Opens the router; no advertiser runs yet. */
  static Lab open() throws IOException, StepFailedException {
    List<String> addresses = loopbackAddresses();
    Path directory = Files.createTempDirectory("bugle-demo-");
    Node a = new Node("A", addresses.get(0), 11, directory);
    Node b = new Node("B", addresses.get(1), 12, directory);
    Lab lab = new Lab(directory, List.of(a, b), Router.open(List.of(a, b)));
    // As on a host where somebody has led before: under a new file one leads after one lease.
    try (LockFile file = LockFile.lock(lab.lock())) {
      file.establish();
    } catch (NotLocked e) {
      throw new StepFailedException(e.reason());
    }
    return lab;
  }

  /** The router tells its peers apart by address, so each advertiser needs one of its own. */
  private static List<String> loopbackAddresses() throws StepFailedException {
    for (List<String> pair :
        List.of(List.of("127.0.0.2", "127.0.0.3"), List.of("127.0.0.1", "::1"))) {
      if (pair.stream().allMatch(Lab::isOurs)) {
        return pair;
      }
    }
    throw new StepFailedException(
        "this system has only one loopback address; add 127.0.0.2 and 127.0.0.3, or enable IPv6");
  }

  private static boolean isOurs(String address) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  void startNodes(String programClass) throws IOException {
    for (Node node : nodes) {
      node.start(programClass, router.port(node.routerAddress()), lock());
    }
  }

  Path lock() {
    return directory.resolve("vip.lock");
  }

  List<Node> nodes() {
    return nodes;
  }

  Router router() {
    return router;
  }

  /** Also while another thread plays; and again. */
  @Override
  public void close() {
    nodes.forEach(Node::close);
    router.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // A directory that is left behind under the temporary directory harms nobody.
    }
  }
}
