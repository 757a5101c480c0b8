package dev.bugle.k8s.manifest;

import dev.bugle.advertiser.cli.PluggedCommand;
import dev.bugle.advertiser.config.InvalidConfigException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bugle manifest KIND}. */
@Command(
    name = "manifest",
    description = "Prints manifests of Kubernetes, with values filled in.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The API servers behind one address, announced by the holder of a Lease:",
      "  bugle manifest daemonset --control-plane --local-as 65001 \\",
      "    --peer 192.0.2.254,65000 --vip 203.0.113.10 --bind lo --lease bugle-vip",
      "Exit code: 0 printed, 2 wrong usage or a faulty configuration.",
    })
public final class ManifestCommand implements PluggedCommand {

  private static final int OK = 0;
  private static final int WRONG_INPUT = 2;

  /** Something to be printed. */
  private interface Document {
    String text() throws InvalidConfigException, IOException;
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  /** For the service loader. */
  public ManifestCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "say what to print: " + String.join(", ", spec.subcommands().keySet()));
  }

  @Command(
      name = "daemonset",
      mixinStandardHelpOptions = true,
      description = "A ConfigMap and a DaemonSet.")
  int daemonset(
      @Mixin InstallationOptions names,
      @Mixin ConfigOptions options,
      @Mixin PlacementOptions places,
      @Option(
              names = "--no-configmap",
              description = "Without the ConfigMap, as kustomize makes it.")
          boolean bare) {
    return print(
        () -> {
          Installation installation = names.installation();
          ChosenConfig chosen = options.read(installation.namespace());
          if (chosen.hasRouterId()) {
            throw new IllegalArgumentException(
                "speaker.router-id would be that of every node; leave it out, and each node's"
                    + " address is its router id");
          }
          Manifests manifests = new Manifests(installation);
          PodSpec pod =
              new PodSpec(
                  installation,
                  PodNeeds.of(chosen.config()),
                  places.placement(options.isControlPlane()),
                  new PodSpec.Origin(false, false));
          return bare
              ? manifests.daemonSet(pod, Optional.empty()).toString()
              : Manifests.stream(
                  List.of(
                      manifests.configMap(chosen.text()),
                      manifests.daemonSet(pod, Optional.of(chosen.text()))));
        });
  }

  @Command(
      name = "static-pod",
      mixinStandardHelpOptions = true,
      description =
          "A pod for the directory of static pods; its configuration is /etc/bugle/bugle.yaml.")
  int staticPod(@Mixin InstallationOptions names, @Mixin ConfigOptions options) {
    return print(
        () -> {
          Installation installation = names.installation();
          ChosenConfig chosen = options.read(installation.namespace());
          PodNeeds needs = PodNeeds.of(chosen.config());
          if (needs.usesServiceAccount()) {
            throw new IllegalArgumentException(
                "a static pod has no service account; name a kubeconfig for Leases and Services, as"
                    + " by --kubeconfig "
                    + PodNeeds.HOME.resolve("kubeconfig"));
          }
          PodSpec.Origin origin = new PodSpec.Origin(true, chosen.hasRouterId());
          return new Manifests(installation)
              .staticPod(new PodSpec(installation, needs, Placement.EVERYWHERE, origin))
              .toString();
        });
  }

  @Command(
      name = "rbac",
      mixinStandardHelpOptions = true,
      description = "What the API server must allow, and to whom.")
  int rbac(
      @Mixin InstallationOptions names,
      @Mixin ConfigOptions options,
      @Option(
              names = "--user",
              paramLabel = "NAME",
              description = "To the user of a kubeconfig, in place of a ServiceAccount.")
          Optional<String> user) {
    return print(
        () -> {
          Installation installation = names.installation();
          PodNeeds needs = PodNeeds.of(options.read(installation.namespace()).config());
          return Manifests.stream(new Manifests(installation).rbac(user, needs));
        });
  }

  @Command(
      name = "config",
      mixinStandardHelpOptions = true,
      description = "The configuration that the options make.")
  int config(@Mixin InstallationOptions names, @Mixin ConfigOptions options) {
    return print(() -> options.read(names.installation().namespace()).text());
  }

  @Command(
      name = "kustomization",
      mixinStandardHelpOptions = true,
      description = {
        "The base of kustomize that goes with rbac.yaml, daemonset.yaml",
        "(of --no-configmap) and bugle.yaml in the same directory.",
      })
  int kustomization(@Mixin InstallationOptions names) {
    return print(() -> new Manifests(names.installation()).kustomization().toString());
  }

  private int print(Document document) {
    try {
      spec.commandLine().getOut().print(document.text());
      spec.commandLine().getOut().flush();
      return OK;
    } catch (InvalidConfigException e) {
      e.faults().forEach(spec.commandLine().getErr()::println);
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println("bugle manifest: " + e.getMessage());
    } catch (IOException e) {
      spec.commandLine().getErr().println("bugle manifest: the configuration cannot be read: " + e);
    }
    return WRONG_INPUT;
  }
}
