package dev.bugle.k8s.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.k8s.api.ApiConnection;
import dev.bugle.k8s.lease.LeaseAnswer.Failed;
import dev.bugle.k8s.lease.LeaseAnswer.Missing;
import dev.bugle.k8s.lease.LeaseCall.Read;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the files of a service account, as in a pod; where they are is told by properties. */
class InClusterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path dir;
  private LeaseServer server;
  private Path token;

  @BeforeEach
  void open() throws IOException {
    server = LeaseServer.open();
    token = Files.writeString(dir.resolve("token"), "first-token");
    Path namespace = Files.writeString(dir.resolve("namespace"), "kube-system\n");
    System.setProperty(Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY, "false");
    System.setProperty(
        Config.KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN_FILE_SYSTEM_PROPERTY, token.toString());
    System.setProperty(Config.KUBERNETES_NAMESPACE_FILE, namespace.toString());
    System.setProperty(
        Config.KUBERNETES_MASTER_SYSTEM_PROPERTY, "http://127.0.0.1:" + server.port());
  }

  @AfterEach
  void close() {
    System.clearProperty(Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY);
    System.clearProperty(Config.KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN_FILE_SYSTEM_PROPERTY);
    System.clearProperty(Config.KUBERNETES_NAMESPACE_FILE);
    System.clearProperty(Config.KUBERNETES_MASTER_SYSTEM_PROPERTY);
    server.close();
  }

  @Test
  void theTokenTheNamespaceAndARotatedTokenAreThoseOfTheFiles() throws Exception {
    try (ApiConnection api = new ApiConnection(Optional.empty())) {
      LeaseApi leases = new LeaseApi(api, new LeaseName(Optional.empty(), "vip"));
      assertThat(leases.call(new Read(), PATIENCE)).isEqualTo(new Missing());
      assertThat(api.namespace()).isEqualTo("kube-system");

      server.token("second-token"); // the first one has expired
      assertThat(leases.call(new Read(), PATIENCE)).isInstanceOf(Failed.class);
      Files.writeString(token, "second-token");

      assertThat(leases.call(new Read(), PATIENCE)).isEqualTo(new Missing());
      assertThat(server.requests)
          .last()
          .extracting(LeaseServer.Seen::authorization)
          .isEqualTo("Bearer second-token");

      server.token("third-token");
      Files.writeString(token, "third-token");
      assertThat(leases.call(new Read(), PATIENCE)).as("at once").isEqualTo(new Missing());
    }
  }
}
