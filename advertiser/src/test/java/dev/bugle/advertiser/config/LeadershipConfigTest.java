package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.leadership.AlwaysConfig;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.FileLockConfig;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.leadership.Preference;
import dev.bugle.advertiser.vip.Vip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code leadership:} becomes, and that docs/leadership.md shows it. */
class LeadershipConfigTest {

  private static final Path PAGE = Path.of("../docs/leadership.md");

  private static ElectorConfig parse(String election) throws InvalidConfigException {
    ElectorConfig parsed =
        ConfigFile.parse(
                "b.yaml",
                """
                speaker: {local-as: 65001, router-id: 192.0.2.1}
                peers: [{address: 192.0.2.254, remote-as: 65000}]
                vips: [{prefix: 203.0.113.10/32, leadership: a}]
                leadership: {a: {%s}}
                """
                    .formatted(election))
            .electors()
            .get("a");
    assertThat(parsed).isNotNull();
    return parsed;
  }

  private static FileLockConfig lock(String keys) throws InvalidConfigException {
    return (FileLockConfig) parse("type: file-lock, path: /run/l" + keys);
  }

  private static String block(String language) throws Exception {
    String page = Files.readString(PAGE);
    int start = page.indexOf("```" + language + "\n") + language.length() + 4;
    return page.substring(start, page.indexOf("```", start));
  }

  @Test
  void theExampleOfThePageIsWhatItSays() throws Exception {
    AdvertiserConfig config = ConfigFile.parse("b.yaml", block("yaml"));
    assertThat(config.electors())
        .containsOnlyKeys("control-plane")
        .containsValue(
            new FileLockConfig(
                Path.of("/run/bugle/control-plane.lock"),
                Duration.ofMillis(250),
                Duration.ofSeconds(2),
                Preference.failingBackAfter(Duration.ofSeconds(30)),
                Handover.WITHDRAW_FIRST));
    assertThat(config.vips()).extracting(Vip::leadership).containsOnly("control-plane");
  }

  @Test
  void theProviderOfThePageIsOneThatCompiles() throws Exception {
    assertThat(
            Files.readString(
                Path.of("src/test/java/dev/bugle/advertiser/plugin/PortProvider.java")))
        .endsWith("\n" + block("java"));
  }

  @Test
  void thePageHasARowForEachKey() throws Exception {
    String page = Files.readString(PAGE);
    ElectorSection.TYPE.sections().get("file-lock").keys().stream()
        .filter(key -> !key.name().equals("type"))
        .forEach(
            key -> {
              assertThat(page).contains("| `" + key.name() + "` |");
              key.defaultText()
                  .ifPresent(
                      text ->
                          assertThat(page)
                              .containsPattern(
                                  "\\| `" + key.name() + "` \\|.*; `" + text + "` \\|"));
            });
    assertThat(page).contains("| `always` |", "| `file-lock` |");
  }

  @Test
  void withoutThemNobodyIsPreferredAndNothingOverlaps() throws Exception {
    assertThat(parse("type: always")).isEqualTo(new AlwaysConfig());
    assertThat(lock(""))
        .isEqualTo(
            new FileLockConfig(Path.of("/run/l"), Duration.ofMillis(250), Duration.ofSeconds(2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          preferred: true                  | true  |
          preferred: true, fail-back: 30s  | true  | PT30S
          fail-back: never                 | false |
          fail-back: 0s                    | false | PT0S
          fail-back: 24h                   | false | PT24H
          """)
  void preferenceIsWhetherAndWhen(String keys, boolean preferred, Duration failBack)
      throws Exception {
    assertThat(lock(", " + keys).preference())
        .isEqualTo(new Preference(preferred, Optional.ofNullable(failBack)));
  }

  @Test
  void aLeadershipIsKeptForAWhileWithoutPeersUnlessItIsForEver() throws Exception {
    assertThat(lock("").handover().withoutPeers()).contains(Duration.ofSeconds(10));
    assertThat(lock(", order: overlap").handover().withoutPeers()).contains(Duration.ofSeconds(10));
    assertThat(lock(", yield-without-peers: 0s").handover().withoutPeers()).contains(Duration.ZERO);
    assertThat(lock(", yield-without-peers: never").handover().withoutPeers()).isEmpty();
    assertThat(parse("type: always").handover().withoutPeers()).isEmpty();
  }

  @Test
  void anOverlapHasALengthAlsoWhenNoneIsWritten() throws Exception {
    assertThat(lock(", order: overlap").handover())
        .isEqualTo(Handover.overlapping(Duration.ofSeconds(2)));
    assertThat(lock(", order: overlap, overlap: 500ms").handover())
        .isEqualTo(Handover.overlapping(Duration.ofMillis(500)));
  }
}
