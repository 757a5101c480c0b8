package dev.bugle.it;

import java.nio.file.Path;
import java.util.List;

/**
 * What the nodes of a {@link ClusterLab} do there.
 *
 * @param exclusive the VIPs that one node at a time is to announce, as a Lease decides
 * @param shared the VIPs that any number of nodes may announce
 * @param rules what the account of the nodes may do in the namespace, as in a Role
 * @param clusterRules what it may do in all of the cluster, as in a ClusterRole; empty: nothing
 * @param sections of the configuration: all but those of the speaker and its peers
 */
record ClusterPlan(
    List<String> exclusive,
    List<String> shared,
    String rules,
    String clusterRules,
    Sections sections) {

  /** The sections for one node. */
  interface Sections {
    String of(String node, String namespace, Path kubeconfig);
  }
}
