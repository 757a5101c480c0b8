package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.ReferencePage;

/** The reference of all that a configuration can say, docs/configuration.md. */
public final class ConfigReference {

  private static final String INTRODUCTION =
      """
      # Configuration

      This page is made from the keys that read the file; `ReferencePageTest` writes it. `bugle check CONFIG.yaml` says
      everything that is wrong with a file, one message per fault, with file and line. [examples/bugle.yaml](../examples/bugle.yaml)
      is a file to start from.

      The file is YAML: one document in UTF-8, at most 1 MiB, without anchors, aliases and tags. Text with `: ` or ` #` in it, or
      that begins with a special character, must be in quotes. A duration is a whole number and its unit, `500ms`, `9s`, `5m`,
      `1h`. A key that no table here has is an error, and so is one that is there twice.

      Secrets are never written into the file. A key names the file that has the secret and nothing else.

      ## Flags and environment

      Every value can also be given beside the file, as a flag of `bugle run` and `bugle check` or in the environment. A flag
      counts before the environment, the environment before the file. The value is YAML, as it would stand in the file. It is
      checked as if it stood there, and a fault names the flag or the variable.

      | to set | flag | environment |
      |---|---|---|
      | a key | `--set speaker.local-as=65001` | `BUGLE_SPEAKER__LOCAL_AS=65001` |
      | a key of a list's item, counted from 0 | `--set peers[0].address=192.0.2.254` | `BUGLE_PEERS__0__ADDRESS=192.0.2.254` |
      | a whole list | `--set 'vips[0].communities=[65001:100, no-export]'` | `BUGLE_VIPS__0__COMMUNITIES='[65001:100, no-export]'` |
      | one more item of two | `--set 'peers[2]={address: 192.0.2.252, remote-as: external}'` | `BUGLE_PEERS__2='{address: 192.0.2.252, remote-as: external}'` |
      | a key under a name | `--set leadership.control-plane.lease=2s` | `BUGLE_LEADERSHIP__CONTROL_PLANE__LEASE=2s` |
      | a key under a name with dots | `--set leadership[a.b].lease=2s` | `BUGLE_LEADERSHIP__A_B__LEASE=2s` |

      `--set` can be repeated; of two for the same value the last one counts.

      In the environment two underscores go one level down, and one underscore stands for a dash, or for whatever else in a name
      is no letter and no digit. Where you choose the names, a name of the file is meant if one fits, else it is a new one in
      small letters with dashes; if two fit, use `--set`.

      A variable that begins with `BUGLE_` and means no key is an error, so that a slip is not overlooked. Left alone are
      `BUGLE_JAVA_OPTS`, `BUGLE_REQUIRE_PEERS`, and what Kubernetes sets for a Service that is called `bugle` or
      `bugle-SOMETHING`: `BUGLE_SERVICE_HOST`, `BUGLE_PORT=tcp://...` and so on.

      # Keys
      """;

  private ConfigReference() {}

  /** The page as Markdown, of the keys that this program has. */
  public static String page() {
    return INTRODUCTION + ReferencePage.of(RootSection.TYPE);
  }
}
