package dev.bugle.k8s.manifest;

import picocli.CommandLine.Option;

/** What is called how. */
final class InstallationOptions {

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      defaultValue = "bugle:latest",
      description = "What the pods run; ${DEFAULT-VALUE} if left out, see deploy/image.")
  private String image = "";

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "kube-system",
      description = "Where it all is; ${DEFAULT-VALUE} if left out.")
  private String namespace = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "bugle",
      description = "What it is called; ${DEFAULT-VALUE} if left out.")
  private String name = "";

  /** For picocli. */
  InstallationOptions() {}

  Installation installation() {
    return new Installation(name, namespace, image);
  }
}
