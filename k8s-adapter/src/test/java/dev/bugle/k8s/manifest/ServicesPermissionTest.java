package dev.bugle.k8s.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.k8s.manifest.Permission.Use;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the manifests allow for Services is what docs/kubernetes.md says that they take. */
class ServicesPermissionTest {

  @Test
  void theManifestsAllowWhatThePageSays() throws Exception {
    String page = Files.readString(Path.of("../docs/kubernetes.md"));
    String services = page.substring(page.indexOf("## Services of type LoadBalancer"));
    List<Permission> rows =
        Permission.TABLE.stream()
            .filter(row -> Set.of(Use.SERVICES, Use.NODE, Use.WRITING).contains(row.use()))
            .toList();
    for (Permission row : rows) {
      assertThat(services)
          .contains(
              "  - apiGroups: ["
                  + (row.group().isEmpty() ? "\"\"" : row.group())
                  + "]\n    resources: "
                  + row.resources()
                  + "\n    verbs: "
                  + row.verbs());
    }
    assertThat(services.split("- apiGroups:", -1)).hasSize(rows.size() + 1);
  }
}
