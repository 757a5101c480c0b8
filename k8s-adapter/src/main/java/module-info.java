/** Kubernetes objects as the advertiser's inputs. */
module dev.bugle.k8s {
  requires transitive dev.bugle.advertiser;
  requires java.net.http;
  requires io.fabric8.kubernetes.client.jdkhttp;
  requires kubernetes.client.api;
  requires static org.jspecify;

  exports dev.bugle.k8s.api;
}
