package dev.bugle.k8s.manifest;

import dev.bugle.advertiser.config.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The configuration, as a file or in few options. */
final class ConfigOptions {

  private static final String ELECTION = "vip";
  private static final String CHECK = "apiserver";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration. Without it, the options that follow make one.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--vip", paramLabel = "ADDRESS", description = "A VIP. Can be repeated.")
  private List<String> vips = List.of();

  @Option(
      names = "--peer",
      paramLabel = "ADDRESS,AS",
      description = "A router and its AS number. Can be repeated.")
  private List<String> peers = List.of();

  @Option(names = "--local-as", paramLabel = "AS", description = "Our AS number.")
  private Optional<Long> localAs = Optional.empty();

  @Option(
      names = "--router-id",
      paramLabel = "ADDRESS",
      description = "That of the node; its address if left out.")
  private Optional<String> routerId = Optional.empty();

  @Option(
      names = "--lease",
      paramLabel = "NAME",
      description = {
        "The Lease whose holder announces.",
        "Without it every node announces that is healthy: anycast.",
      })
  private Optional<String> lease = Optional.empty();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "For the Lease, where it is not the service account.")
  private Optional<String> kubeconfig = Optional.empty();

  @Option(
      names = "--bind",
      paramLabel = "INTERFACE",
      description = "Where the VIP is while it is announced, such as lo.")
  private Optional<String> bind = Optional.empty();

  @Option(
      names = "--control-plane",
      description = {
        "The VIP is that of the API servers: announced while the node's own one is",
        "well, and only from nodes of the control plane.",
      })
  private boolean controlPlane;

  @Option(names = "--bfd", description = "Watch the path to the routers by BFD.")
  private boolean bfd;

  /** For picocli. */
  ConfigOptions() {}

  boolean isControlPlane() {
    return controlPlane;
  }

  /**
   * The configuration.
   *
   * @param namespace where the Lease is
   * @throws IllegalArgumentException when the options do not say enough
   */
  ChosenConfig read(String namespace) throws InvalidConfigException, IOException {
    if (file.isEmpty()) {
      return ChosenConfig.parse("the options", text(namespace));
    }
    if (!vips.isEmpty() || !peers.isEmpty() || localAs.isPresent() || lease.isPresent()) {
      throw new IllegalArgumentException(
          "--config says all of the configuration; leave out --vip, --peer, --local-as and"
              + " --lease");
    }
    return ChosenConfig.parse(file.get().toString(), Files.readString(file.get()));
  }

  private String text(String namespace) {
    if (vips.isEmpty() || peers.isEmpty() || localAs.isEmpty()) {
      throw new IllegalArgumentException(
          "say what is announced: --config FILE, or --local-as, --peer and --vip");
    }
    YamlMap speaker = new YamlMap().put("local-as", localAs.get());
    routerId.ifPresent(id -> speaker.put("router-id", id));
    YamlMap config = new YamlMap().put("speaker", speaker);
    config.items("peers", peers.stream().map(this::peer).toList());
    lease.ifPresent(
        name -> config.put("leadership", new YamlMap().put(ELECTION, election(name, namespace))));
    if (controlPlane) {
      config.put("health", new YamlMap().put(CHECK, check()));
    }
    return config.items("vips", vips.stream().map(this::vip).toList()).toString();
  }

  private YamlMap peer(String text) {
    int comma = text.indexOf(',');
    if (comma < 1 || !text.substring(comma + 1).matches("[0-9]{1,10}|external|internal")) {
      throw new IllegalArgumentException(
          "--peer: found '" + text + "'; expected ADDRESS,AS such as 192.0.2.254,65000");
    }
    YamlMap peer = new YamlMap().put("address", text.substring(0, comma));
    String as = text.substring(comma + 1);
    if (as.matches("[0-9]+")) {
      peer.put("remote-as", Long.parseLong(as));
    } else {
      peer.put("remote-as", as);
    }
    return bfd ? peer.put("bfd", new YamlMap().put("interval", "100ms")) : peer;
  }

  private YamlMap election(String name, String namespace) {
    YamlMap election =
        new YamlMap().put("type", "kubernetes-lease").put("name", name).put("namespace", namespace);
    kubeconfig.ifPresent(path -> election.put("kubeconfig", path));
    return election;
  }

  private static YamlMap check() {
    return new YamlMap()
        .put("type", "http")
        .put("url", "https://127.0.0.1:6443/livez")
        .put("ca-file", "/etc/kubernetes/pki/ca.crt")
        .comment("A name that kubeadm's certificate has; it does not have 127.0.0.1.")
        .put("server-name", "kubernetes");
  }

  private YamlMap vip(String address) {
    String prefix =
        address.contains("/") ? address : address + (address.contains(":") ? "/128" : "/32");
    YamlMap vip =
        new YamlMap()
            .put("prefix", prefix)
            .put("leadership", lease.isPresent() ? ELECTION : "always");
    if (controlPlane) {
      vip.put("health", CHECK);
    }
    bind.ifPresent(name -> vip.put("bind", name));
    return vip;
  }
}
