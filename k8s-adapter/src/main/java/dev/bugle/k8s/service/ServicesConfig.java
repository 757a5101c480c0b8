package dev.bugle.k8s.service;

import dev.bugle.advertiser.source.VipSourceConfig;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.k8s.lease.LeaseTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * VIPs from the Services of a cluster.
 *
 * @param kubeconfig the file that says where the API server is and who we are; empty is as for
 *     kubectl, or in a pod its service account
 * @param node the name of this node; empty: that of the pod's node, or of the host
 * @param selection which Services
 * @param defaults what counts where a Service says nothing
 * @param checks which health checks Services may bring along
 * @param leases how elections among the nodes are held
 * @param contact how the API server is listened to
 */
public record ServicesConfig(
    Optional<Path> kubeconfig,
    Optional<String> node,
    Selection selection,
    Defaults defaults,
    Checks checks,
    Leases leases,
    Contact contact)
    implements VipSourceConfig {

  static final String TYPE = "kubernetes-services";

  /** What its class is called if nothing else is said. */
  static final String DEFAULT_CLASS = "bugle.dev/vip";

  /**
   * Which Services are announced.
   *
   * @param loadBalancerClass the class that they have
   * @param withoutClass whether also those that have none
   * @param labels the label selector that they match; empty: all do
   * @param allowed the prefixes that their addresses are in; empty: any
   * @param heedsExclusion whether none is on a node that is marked as one that load balancers leave
   *     out
   */
  public record Selection(
      String loadBalancerClass,
      boolean withoutClass,
      Optional<String> labels,
      List<Prefix> allowed,
      boolean heedsExclusion) {

    /** Copies the list. */
    public Selection {
      allowed = List.copyOf(allowed);
    }

    boolean has(Optional<String> itsClass) {
      return itsClass.map(loadBalancerClass::equals).orElse(withoutClass);
    }

    boolean allows(IpAddress address) {
      return allowed.isEmpty() || allowed.stream().anyMatch(prefix -> prefix.contains(address));
    }
  }

  /**
   * What counts where a Service says nothing.
   *
   * @param leadership as its annotation
   * @param drainTime as its annotation
   * @param withoutEndpoints whether one with the policy Cluster is announced although nobody takes
   *     its traffic
   */
  public record Defaults(String leadership, Duration drainTime, boolean withoutEndpoints) {}

  /**
   * Which health checks Services may bring along.
   *
   * @param allowed whether they may at all
   * @param shortestInterval the shortest interval that they may have
   * @param caFile whom they trust over https; empty: whom the Java runtime trusts
   * @param nodeAddress where a check of the node asks; empty: that of the pod's node, if it is
   *     known
   */
  public record Checks(
      boolean allowed,
      Duration shortestInterval,
      Optional<Path> caFile,
      Optional<IpAddress> nodeAddress) {

    /** Any, not too often. */
    public static final Checks DEFAULTS =
        new Checks(true, Duration.ofMillis(100), Optional.empty(), Optional.empty());
  }

  /**
   * How elections among the nodes are held.
   *
   * @param namespace that of all Leases; empty: the pod's own, or that of the kubeconfig
   * @param writer the Lease whose holder writes to Services; empty: nothing is written
   * @param terms the times of all of them
   */
  public record Leases(Optional<String> namespace, Optional<String> writer, LeaseTerms terms) {}

  /**
   * How the API server is listened to.
   *
   * @param watch after how long each watch is begun anew
   * @param keep how long VIPs stay as they were when nothing is heard of it; empty: for ever
   */
  public record Contact(Duration watch, Optional<Duration> keep) {}

  /** The same on a node with that address, where it does not say another itself. */
  ServicesConfig of(Optional<IpAddress> node) {
    Checks here =
        new Checks(
            checks.allowed(),
            checks.shortestInterval(),
            checks.caFile(),
            checks.nodeAddress().or(() -> node));
    return new ServicesConfig(kubeconfig, this.node, selection, defaults, here, leases, contact);
  }

  @Override
  public String type() {
    return TYPE;
  }
}
