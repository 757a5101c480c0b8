/** Kubernetes objects as the advertiser's inputs. An empty room as yet. */
module dev.bugle.k8s {
  requires transitive dev.bugle.advertiser;
  requires static org.jspecify;
}
