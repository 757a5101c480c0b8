package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Setting;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The variables of the environment that belong to the configuration. */
public final class Environment {

  /** What they all begin with. */
  public static final String PREFIX = "BUGLE_";

  /** Of the launcher, of the commands beside {@code bugle run}, of the log, and of the tests. */
  private static final Set<String> OTHERS =
      Set.of(
          "BUGLE_JAVA_OPTS",
          "BUGLE_REQUIRE_PEERS",
          "BUGLE_LOG_FORMAT",
          "BUGLE_CLI_ADMIN",
          "BUGLE_CLI_TOKEN_FILE",
          "BUGLE_CLI_CA_FILE");

  /**
   * Kubernetes tells every container of the Services of its namespace, also of those that are
   * called {@code bugle} or {@code bugle-admin}. None of these has two underscores in a row.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "BUGLE_(?:[A-Z0-9_]+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?"
              + "|PORT|PORT_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)");

  private Environment() {}

  /**
   * All that begin with the prefix. One that means no key is a fault when it is applied, since it
   * is more likely a slip than meant for nobody; those of the launcher, and those that Kubernetes
   * sets by itself, are left out.
   */
  public static List<Setting> settings(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(variable -> variable.getKey().startsWith(PREFIX))
        .filter(variable -> !OTHERS.contains(variable.getKey()))
        .filter(variable -> !isServiceLink(variable.getKey(), variable.getValue()))
        .map(variable -> Setting.variable(PREFIX, variable.getKey(), variable.getValue()))
        .toList();
  }

  private static boolean isServiceLink(String name, String value) {
    // A port of somebody's own, BUGLE_ADMIN_PORT=8080, is a slip and not a link.
    boolean ofKubernetes = !name.endsWith("_PORT") || value.contains("://") || isPartOfLink(name);
    return ofKubernetes && !name.contains("__") && SERVICE_LINK.matcher(name).matches();
  }

  private static boolean isPartOfLink(String name) {
    return name.matches(".*_(TCP|UDP|SCTP)_PORT") || name.endsWith("_SERVICE_PORT");
  }
}
