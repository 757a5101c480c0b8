package dev.bugle.k8s.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the files in {@code deploy} to what {@code bugle manifest} prints; with {@code
 * -Dbugle.deploy.write=true} it writes them instead.
 */
class DeployTest {

  private static final Path ROOT = Path.of("..");

  @ParameterizedTest
  @CsvSource({
    "kustomize/bugle.yaml, config --control-plane --local-as 65001 --peer 192.0.2.254;65000 --vip"
        + " 203.0.113.10 --bind lo --lease bugle-vip",
    "kustomize/daemonset.yaml, daemonset --no-configmap --control-plane --config"
        + " ../deploy/kustomize/bugle.yaml",
    "kustomize/rbac.yaml, rbac --config ../deploy/kustomize/bugle.yaml",
    "kustomize/kustomization.yaml, kustomization",
    "static-pod/bugle.yaml, static-pod --config ../examples/control-plane-leader.yaml",
    "static-pod/rbac.yaml, rbac --user bugle --config ../examples/control-plane-leader.yaml",
  })
  void theFilesAreWhatTheCommandPrints(String file, String line) throws IOException {
    Printed printed = Printed.of(line.replace(';', ','));
    Path path = ROOT.resolve("deploy").resolve(file);
    assertThat(printed.code()).as(printed.err()).isZero();
    if (Boolean.getBoolean("bugle.deploy.write")) {
      Files.writeString(path, printed.out());
    }
    assertThat(Files.exists(path) ? Files.readString(path) : "")
        .as(
            "deploy/%s; if the difference is meant, run this test with -Dbugle.deploy.write=true"
                + " and commit the file",
            file)
        .isEqualTo(printed.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"control-plane-leader.yaml", "control-plane-anycast.yaml"})
  void theExamplesAreConfigurationsAndStandOnThePage(String name) throws Exception {
    String text = Files.readString(ROOT.resolve("examples").resolve(name));

    assertThat(ChosenConfig.parse(name, text).config().vips())
        .allMatch(vip -> vip.needs().health().contains("apiserver"));
    assertThat(Files.readString(ROOT.resolve("docs/kubernetes.md")))
        .contains("```yaml\n" + text + "```\n");
  }

  @Test
  void noFileOfDeployNamesARegistry() throws IOException {
    try (var files = Files.walk(ROOT.resolve("deploy"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file))
            .as(file.toString())
            .doesNotContainPattern("docker\\.io|quay\\.|gcr\\.|ghcr\\.");
      }
    }
  }
}
