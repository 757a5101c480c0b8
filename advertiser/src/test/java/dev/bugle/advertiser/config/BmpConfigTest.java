package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.yaml.Cursor;
import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.advertiser.config.yaml.Faults;
import dev.bugle.advertiser.config.yaml.YamlParser;
import dev.bugle.bgp.BmpConfig;
import dev.bugle.bgp.BmpTable;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file says of the BMP station. */
class BmpConfigTest {

  private final Faults faults = new Faults("b.yaml");

  private Optional<BmpConfig> read(String text) {
    return BmpSection.TYPE.read(Cursor.root(YamlParser.parse(text, faults).orElseThrow(), faults));
  }

  private List<String> messages() {
    return faults.sorted().stream().map(Fault::toString).toList();
  }

  @Test
  void theStationIsEnough() {
    assertThat(read("{station: '192.0.2.9:11019'}"))
        .contains(
            BmpConfig.to("192.0.2.9", 11019)
                .withTables(
                    EnumSet.of(BmpTable.ADJ_RIB_IN_PRE_POLICY, BmpTable.ADJ_RIB_OUT_POST_POLICY)));
    assertThat(messages()).isEmpty();
  }

  @Test
  void allOfItCanBeSaid() {
    assertThat(
            read(
                "{station: '[2001:db8::9]:11019', sys-name: node-1, views: adj-rib-out-post-policy,"
                    + " statistics: 60s, longest-backlog: 131072}"))
        .contains(
            BmpConfig.to("2001:db8::9", 11019)
                .withSysName("node-1")
                .withTables(EnumSet.of(BmpTable.ADJ_RIB_OUT_POST_POLICY))
                .withStatistics(Duration.ofMinutes(1))
                .withLongestBacklog(131072));
    assertThat(messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                    | station: this key is missing
          {station: '192.0.2.9'}                                | station: found '192.0.2.9'; expected an address and a port
          {station: '0.0.0.0:11019'}                            | station: found 0.0.0.0:11019; expected the address of a host, and a port
          {station: 'bmp.example:11019'}                        | station:
          {station: '192.0.2.9:1', views: []}                   | views: found an empty list; for no BMP station leave out bmp
          {station: '192.0.2.9:1', views: loc-rib}              | views: found 'loc-rib'; expected one of: adj-rib-in-pre-policy, adj-rib-out-post-policy
          {station: '192.0.2.9:1', statistics: 10ms}            | statistics: found '10ms'; expected a duration, 1s to 24h
          {station: '192.0.2.9:1', longest-backlog: 131071}     | longest-backlog: found '131071'; expected a number of octets, 131072
          {station: '192.0.2.9:1', sys-name: 'two words'}       | sys-name: found
          {station: '192.0.2.9:1', password: x}                 | password: unknown key
          """)
  void aBadValueIsNamed(String section, String message) {
    assertThat(read(section)).isEmpty();
    assertThat(messages()).singleElement().asString().startsWith("b.yaml:1: " + message);
  }
}
