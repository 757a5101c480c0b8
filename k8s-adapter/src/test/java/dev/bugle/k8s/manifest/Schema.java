package dev.bugle.k8s.manifest;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The schema of the API, as fabric8 has generated its classes from it: a field that there is not,
 * or that has a value of another type, is an error.
 */
final class Schema {

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "v1 ConfigMap", ConfigMap.class,
          "v1 Pod", Pod.class,
          "v1 ServiceAccount", ServiceAccount.class,
          "apps/v1 DaemonSet", DaemonSet.class,
          "rbac.authorization.k8s.io/v1 Role", Role.class,
          "rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class,
          "rbac.authorization.k8s.io/v1 ClusterRole", ClusterRole.class,
          "rbac.authorization.k8s.io/v1 ClusterRoleBinding", ClusterRoleBinding.class);

  private static final ObjectMapper STRICT =
      YAMLMapper.builder()
          .annotationIntrospector(new WithoutCatchAll())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Schema() {}

  /** The classes keep what they do not know in a map; that must not be taken for a field. */
  private static final class WithoutCatchAll extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
      return false;
    }
  }

  /**
   * Reads all objects of a stream.
   *
   * @throws RuntimeException saying where one differs from the schema
   */
  static List<HasMetadata> read(String stream) {
    return Stream.of(stream.split("(?m)^---\n")).map(Schema::one).toList();
  }

  private static HasMetadata one(String document) {
    Map<?, ?> fields = STRICT.readValue(document, Map.class);
    String kind = fields.get("apiVersion") + " " + fields.get("kind");
    Class<? extends HasMetadata> type = KINDS.get(kind);
    if (type == null) {
      throw new IllegalArgumentException("found the kind " + kind + "; expected " + KINDS.keySet());
    }
    return STRICT.readValue(document, type);
  }
}
