/** Kubernetes objects as the advertiser's inputs. */
module dev.bugle.k8s {
  requires transitive dev.bugle.advertiser;
  requires info.picocli;
  requires java.net.http;
  requires io.fabric8.kubernetes.client.jdkhttp;
  requires kubernetes.client.api;
  requires kubernetes.model.coordination;
  requires kubernetes.model.core;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports dev.bugle.k8s.lease;

  provides dev.bugle.advertiser.leadership.ElectorProvider with
      dev.bugle.k8s.lease.LeaseProvider;
  provides dev.bugle.advertiser.cli.PluggedCommand with
      dev.bugle.k8s.manifest.ManifestCommand;

  opens dev.bugle.k8s.manifest to
      info.picocli;
}
