package dev.bugle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServedClusterTest {

  private static final String SLICES = "/apis/discovery.k8s.io/v1/endpointslices";

  @TempDir private Path dir;

  private static BufferedReader get(String server, String path) throws Exception {
    return new BufferedReader(
        new InputStreamReader(
            URI.create(server + path).toURL().openStream(), StandardCharsets.UTF_8));
  }

  @Test
  void listsComeInPartsAndWatchesTellOfChangesFromAnyVersion() throws Exception {
    try (ServedCluster cluster = ServedCluster.open(3, 2)) {
      String config = Files.readString(cluster.kubeconfig(dir.resolve("kubeconfig")));
      String server =
          Pattern.compile("http://[0-9.:]+").matcher(config).results().findFirst().get().group();

      assertThat(get(server, SLICES + "?limit=4").readLine())
          .contains("\"continue\":\"4\"", "s0-0", "s1-1")
          .doesNotContain("s2-0");
      assertThat(get(server, SLICES + "?limit=4&continue=4").readLine())
          .contains("s2-0", "s2-1")
          .doesNotContain("continue", "s1-1");
      assertThat(get(server, "/api/v1/services?limit=4").readLine())
          .contains("203.0.113.10", "10.1.0.2", "10.1.0.3");

      cluster.change(false);
      try (BufferedReader watch =
          get(server, SLICES + "?watch=true&resourceVersion=1000&timeoutSeconds=30")) {
        assertThat(watch.readLine()).contains("MODIFIED", "s0-0", "\"ready\":false");
        cluster.change(true);
        assertThat(watch.readLine())
            .contains("\"resourceVersion\":\"1002\"")
            .doesNotContain("\"ready\":false");
      }
    }
  }
}
