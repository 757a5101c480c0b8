package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.health.Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Checks that are written elsewhere than in the file are read as those of the file. */
class HealthTextTest {

  @Test
  void aCheckIsReadWithTheDefaultsOfTheFile() throws Exception {
    HealthCheckConfig ofFile =
        ConfigFile.parse(
                "b.yaml",
                """
                speaker: {local-as: 65001, router-id: 192.0.2.1}
                peers: [{address: 192.0.2.254, remote-as: 65000}]
                health: {a: {type: tcp, host: 192.0.2.11, port: 80, fall: 5}}
                vips: [{prefix: 203.0.113.10/32, leadership: always, health: a}]
                """)
            .host()
            .health()
            .get("a");
    assertThat(
            HealthText.read(
                Map.of("type", "tcp", "host", "192.0.2.11", "port", "80", "fall", "5"),
                Optional.empty()))
        .isEqualTo(ofFile);
  }

  @Test
  void overHttpItCanHaveSeveralStatusesAndAHost() {
    HealthCheckConfig check =
        HealthText.read(
            Map.of(
                "type", "http",
                "url", "https://192.0.2.11/",
                "status", "200-299, 404",
                "headers.Host", "web",
                "interval", "5s"),
            Optional.of(Path.of("/ca")));
    Probe.Http http = (Probe.Http) check.probe();
    assertThat(http.statuses()).hasSize(2);
    assertThat(http.headers().values()).containsEntry("Host", "web");
    assertThat(http.credentials().caFile()).contains(Path.of("/ca"));
    assertThat(check.timing().interval()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void whatRunsOrReadsSomethingCannotBeWritten() {
    assertThatThrownBy(
            () -> HealthText.read(Map.of("type", "exec", "command", "/x"), Optional.empty()))
        .hasMessageContaining("command: this key can only be in the configuration");
    assertThatThrownBy(() -> HealthText.read(Map.of("type", "exec"), Optional.empty()))
        .hasMessageContaining("found 'exec'; expected http or tcp");
    for (String key :
        List.of(
            "ca-file",
            "token-file",
            "client-certificate-file",
            "client-key-file",
            "headers",
            "headers.Cookie",
            "address",
            "damping")) {
      assertThatThrownBy(
              () ->
                  HealthText.read(
                      Map.of("type", "http", "url", "https://192.0.2.11/", key, "/x"),
                      Optional.empty()))
          .hasMessageContaining(key + ": this key can only be in the configuration");
    }
  }
}
