/** Kubernetes objects as the advertiser's inputs. */
module dev.bugle.k8s {
  requires transitive dev.bugle.advertiser;
  requires info.picocli;
  requires com.fasterxml.jackson.core;
  requires java.net.http;
  requires org.slf4j;
  requires io.fabric8.kubernetes.client.jdkhttp;
  requires kubernetes.client.api;
  requires kubernetes.model.coordination;
  requires kubernetes.model.core;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports dev.bugle.k8s.lease;
  exports dev.bugle.k8s.service;

  provides dev.bugle.advertiser.leadership.ElectorProvider with
      dev.bugle.k8s.lease.LeaseProvider;
  provides dev.bugle.advertiser.cli.PluggedCommand with
      dev.bugle.k8s.manifest.ManifestCommand;
  provides dev.bugle.advertiser.source.VipSourceProvider with
      dev.bugle.k8s.service.ServicesProvider;

  opens dev.bugle.k8s.manifest to
      info.picocli;
}
