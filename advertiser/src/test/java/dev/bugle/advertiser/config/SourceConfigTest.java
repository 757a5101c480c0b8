package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bugle.advertiser.plugin.ScriptedProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sources in the file. */
class SourceConfigTest {

  private static final String WITHOUT_VIPS =
      """
      speaker: {local-as: 65001, router-id: 192.0.2.1}
      peers: [{address: 192.0.2.254, remote-as: 65000}]
      """;

  private static List<String> faultsOf(String rest) {
    InvalidConfigException e =
        catchThrowableOfType(
            InvalidConfigException.class, () -> ConfigFile.parse("b.yaml", WITHOUT_VIPS + rest));
    assertThat(e).as(rest).isNotNull();
    return e.faults().stream().map(Object::toString).toList();
  }

  @Test
  void aFileWithSourcesNeedsNoVips() throws Exception {
    AdvertiserConfig config =
        ConfigFile.parse(
            "b.yaml",
            WITHOUT_VIPS + "sources: {mine: {type: scripted, addresses: [203.0.113.1/32]}}");
    assertThat(config.vips()).isEmpty();
    assertThat(config.sources())
        .containsEntry("mine", new ScriptedProvider.Config(List.of("203.0.113.1/32")));
  }

  @Test
  void aFileWithNeitherIsToldOfBoth() {
    assertThat(faultsOf(""))
        .singleElement()
        .asString()
        .contains("vips: this key is missing; add a list")
        .endsWith(", or sources");
  }

  @Test
  void anUnknownTypeIsRefusedWithThoseThatThereAre() {
    assertThat(faultsOf("sources: {mine: {type: kubernetes}}"))
        .singleElement()
        .asString()
        .contains("sources.mine.type: found 'kubernetes'; expected one of: scripted");
  }

  @Test
  void aNameThatOthersCouldNotSayAndAMistypedKeyAreRefused() {
    assertThat(faultsOf("sources: {a/b: {type: scripted, addresses: [203.0.113.1/32]}}"))
        .singleElement()
        .asString()
        .contains("expected a name of at most 63 letters");
    assertThat(faultsOf("sources: {mine: {type: scripted, adresses: [203.0.113.1/32]}}"))
        .anyMatch(fault -> fault.contains("unknown key; did you mean addresses?"));
  }
}
