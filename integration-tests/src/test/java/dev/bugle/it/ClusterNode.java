package dev.bugle.it;

import dev.bugle.it.lease.Grant;
import dev.bugle.k8s.apiserver.ApiServer;
import dev.bugle.k8s.apiserver.FaultyApi;
import dev.bugle.k8s.apiserver.FaultyWire;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A node of a {@link ClusterLab}: a wire to the router, and one of its own to the API server, with
 * a proxy in it that can be told to fail, and that notes what the server has granted the node.
 */
final class ClusterNode implements AutoCloseable {

  /** The wire to the API server, in the node. */
  private static final String API_WIRE = "api0";

  private final SafetyNode node;
  private final ClusterTerms terms;
  private final ScratchDirectory directory = ScratchDirectory.create();
  private final Wire wire = Wire.unused();
  private final List<Grant> grants = new CopyOnWriteArrayList<>();
  private final FaultyApi api;
  private FaultyWire carrier;

  ClusterNode(SafetyNode node, ClusterTerms terms, ClusterApi server, Random random) {
    this.node = node;
    this.terms = terms;
    this.api = FaultyApi.before(server.uri(), server.anonymous(), random);
    api.tell(this::note);
  }

  /** Makes its namespace and both wires. */
  void join(String namespace, String token) {
    Belongings.keep(this);
    node.join();
    HostCommand.run(
            "sh",
            "-c",
            """
            set -e
            ip link add $host type veth peer name $wire netns $node
            ip addr add $near/$length dev $host
            ip link set $host up
            ip -n $node addr add $far/$length dev $wire
            ip -n $node link set $wire up
            """
                .replace("$host", Belongings.newName())
                .replace("$wire", API_WIRE)
                .replace("$node", node.namespace())
                .replace("$near", wire.hostV4())
                .replace("$far", wire.routerV4())
                .replace("$length", Integer.toString(wire.lengthV4())))
        .succeeded();
    try {
      carrier = FaultyWire.listen(InetAddress.getByName(wire.hostV4()), api.port());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
    URI uri = URI.create("http://" + wire.hostV4() + ":" + carrier.address().getPort());
    ApiServer.kubeconfig(kubeconfig(), uri, namespace, token);
  }

  /** The file by which the node finds its way to the API server. */
  Path kubeconfig() {
    return directory.path().resolve("kubeconfig");
  }

  void start(String configuration) {
    node.start(configuration, Map.of());
  }

  /** The process and its wire to the router. */
  SafetyNode node() {
    return node;
  }

  /** The proxy that answers for the API server. */
  FaultyApi api() {
    return api;
  }

  /** The connections to that proxy. */
  FaultyWire carrier() {
    return carrier;
  }

  /** From now on packets vanish between it and the API server, and nobody is told. */
  void cutApiWire() {
    node.cutWire(API_WIRE);
  }

  void mendApiWire() {
    node.mendWire(API_WIRE);
  }

  /** What was granted to it, oldest first. */
  List<Grant> grants() {
    return List.copyOf(grants);
  }

  private void note(FaultyApi.Seen seen) {
    boolean isWrite = seen.method().equals("PUT") || seen.method().equals("POST");
    if (!isWrite || seen.code() / 100 != 2 || !seen.path().contains("/leases")) {
      return;
    }
    String holder = Json.parse(seen.body()).path("spec").path("holderIdentity").asText();
    // A node counts on what it gave up no longer than until it asked, and on what it was granted
    // from the answer until the deadline after it asked.
    grants.add(
        holder.isEmpty()
            ? new Grant(node.name(), seen.arrived(), 0)
            : new Grant(node.name(), seen.answered(), seen.arrived() + terms.deadline().toNanos()));
  }

  @Override
  public void close() {
    node.close();
    if (carrier != null) {
      carrier.close();
    }
    api.close();
    directory.remove();
    Belongings.forget(this);
  }
}
