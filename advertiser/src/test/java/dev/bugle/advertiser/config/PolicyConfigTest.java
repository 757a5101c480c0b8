package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.bgp.PeerExport;
import dev.bugle.bgp.rib.RoutePolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyConfigTest {

  private static final String REST =
      """
      speaker: {local-as: 65001, router-id: 192.0.2.1}
      vips: [{prefix: 203.0.113.10/32, leadership: always}]
      """;

  private static AdvertiserConfig parse(String policies, String peerKeys)
      throws InvalidConfigException {
    return ConfigFile.parse(
        "b.yaml",
        policies
            + REST
            + "peers:\n  - address: 192.0.2.254\n    remote-as: 65000\n"
            + peerKeys.indent(4));
  }

  private static PeerExport exportOf(String policies, String peerKeys)
      throws InvalidConfigException {
    return parse(policies, peerKeys).peers().get(0).bgp().export();
  }

  private static List<String> faultsOf(String policies, String peerKeys) {
    InvalidConfigException e =
        catchThrowableOfType(InvalidConfigException.class, () -> parse(policies, peerKeys));
    assertThat(e).as(policies).isNotNull();
    return e.faults().stream().map(Fault::toString).toList();
  }

  @Test
  void withoutAPolicyEveryVipIsToldAsItIsAndAtOnce() throws InvalidConfigException {
    assertThat(exportOf("", "")).isEqualTo(PeerExport.DEFAULT);
    assertThat(exportOf("", "export-policy: accept-all")).isEqualTo(PeerExport.DEFAULT);
  }

  @Test
  void anIntervalIsADuration() throws InvalidConfigException {
    assertThat(
            exportOf("", "minimum-advertisement-interval: 5s").minimumRouteAdvertisementInterval())
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void everyKeyOfAPolicyBecomesWhatItSays() throws InvalidConfigException {
    String policies =
        """
        policies:
          all:
            rules:
              - match:
                  prefixes: [203.0.113.0/24 ge 25 le 32, 10.0.0.0/8]
                  any-community: [65001:1, "1:2:3"]
                  all-communities: "rt:1:2"
                  peers: [192.0.2.254, "2001:db8::1"]
                  remote-as: [65000, 65002]
                set:
                  next-hop: [192.0.2.9, "2001:db8::9"]
                  prepend: 3
                  med: 50
                  local-pref: 200
                  add-communities: [no-export]
                  remove-communities: [65001:9, all-large, all-extended, all-standard, all]
                  replace-communities: [65001:8]
                then: continue
              - set: {med: none, next-hop: self}
                then: accept
              - then: reject
            otherwise: accept
        """;
    assertThat(exportOf(policies, "export-policy: all").policy())
        .hasToString(
            "[if prefix in 203.0.113.0/24 ge 25, 10.0.0.0/8 and any community of 65001:1 1:2:3"
                + " and all communities of rt:1:2 and peer 192.0.2.254, 2001:db8::1"
                + " and peer in AS 65000, 65002: replace communities by 65001:8,"
                + " remove communities 65001:9, remove all large communities,"
                + " remove all extended communities, remove all standard communities,"
                + " remove all communities, add communities no-export, local-pref 200, med 50,"
                + " prepend 3, next-hop 192.0.2.9, next-hop 2001:db8::9, continue;"
                + " no med, next-hop self, accept;"
                + " reject; otherwise accept]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          match | prefixes            | 203.0.113.0            | '203.0.113.0' has no prefix length
          match | prefixes            | [10.0.0.0/8 ge 7]      | ge 7 of 10.0.0.0/8 is not in 8 to 32
          match | prefixes            | [10.0.0.0/8 le 33]     | le 33 of 10.0.0.0/8 is not in 8 to 32
          match | prefixes            | [10.0.0.0/8 eq 9]      | 'eq' in '10.0.0.0/8 eq 9' has no place there
          match | prefixes            | []                     | found an empty list; expected at least one
          match | prefixes            |                        | found nothing; expected a prefix such as
          match | any-community       | [no-exprt]             | 'no-exprt' is not a community
          match | any-community       | []                     | found an empty list; expected at least one
          match | all-communities     | 65001:65536            | 65001:65536
          match | peers               | router                 | 'router' is not an IP address
          match | peers               | []                     | found an empty list; expected at least one
          match | remote-as           | 0                      | expected an AS number, 1 to 4294967295
          match | remote-as           | external               | expected an AS number, 1 to 4294967295
          match | prefix              | 10.0.0.0/8             | unknown key; did you mean prefixes?
          set   | add-communities     | 65001                  | '65001' is not a community
          set   | add-communities     | []                     | found an empty list; expected at least one
          set   | remove-communities  | al                     | 'al' is not a community
          set   | remove-communities  | []                     | found an empty list; expected at least one
          set   | replace-communities | {a: b}                 | found a mapping; expected a community
          set   | local-pref          | 4294967296             | expected a number, 0 to 4294967295
          set   | med                 | high                   | found 'high'; expected a number, 0 to 4294967295, or none
          set   | med                 | 4294967296             | expected a number, 0 to 4294967295, or none
          set   | prepend             | 0                      | expected a number, 1 to 32
          set   | prepend             | 33                     | expected a number, 1 to 32
          set   | next-hop            | me                     | 'me' is not an IP address
          set   | next-hop            | 224.0.0.1              | expected the address of a host
          set   | next-hop            | [192.0.2.1, 192.0.2.2] | expected self, or at most one address of each family
          set   | next-hop            | [self, 192.0.2.2]      | expected self, or at most one address of each family
          """)
  void eachBadValueOfARuleIsOneFaultThatNamesItsLine(
      String section, String key, String value, String message) {
    String policies =
        "policies:\n  p:\n    otherwise: reject\n    rules:\n      - then: accept\n        "
            + section
            + ":\n          "
            + key
            + ": "
            + (value == null ? "" : value)
            + "\n";
    assertThat(faultsOf(policies, "export-policy: p"))
        .singleElement()
        .asString()
        .startsWith("b.yaml:7: policies.p.rules[0]." + section + "." + key)
        .contains(message)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {rules: []}                                     | policies.p.otherwise: this key is missing; add one of: accept, reject
          {otherwise: accept}                             | policies.p.rules: this key is missing
          {rules: [], otherwise: continue}                | policies.p.otherwise: found 'continue'; expected one of: accept, reject
          {rules: [{}], otherwise: accept}                | policies.p.rules[0].then: this key is missing; add one of: accept, reject, continue
          {rules: [{then: allow}], otherwise: accept}     | policies.p.rules[0].then: found 'allow'; expected one of: accept, reject, continue
          {rules: [{then: accept, match: {}}], otherwise: accept} | policies.p.rules[0].match: found no condition; remove this key to mean every VIP
          {rules: [{then: accept, set: {}}], otherwise: accept}   | policies.p.rules[0].set: found no change; remove this key, or add one of: replace-communities
          {rules: [{then: reject, set: {med: 1}}], otherwise: accept} | policies.p.rules[0].set: found changes of what is rejected
          {rules: [{then: reject, when: x}], otherwise: accept}   | policies.p.rules[0].when: unknown key
          [{then: accept}]                                | policies.p: found a list; expected a policy with the keys rules, otherwise
          """)
  void aPolicyThatIsIncompleteSaysWhatIsMissing(String policy, String message) {
    assertThat(faultsOf("policies:\n  p: " + policy + "\n", ""))
        .singleElement()
        .asString()
        .startsWith("b.yaml:2: ")
        .contains(message);
  }

  @Test
  void aNameThatIsNotThereIsNamedWithWhatMayBeMeant() {
    assertThat(
            faultsOf(
                "policies: {transit: {rules: [], otherwise: reject}}\n", "export-policy: transits"))
        .containsExactly(
            "b.yaml:7: peers[0].export-policy: found 'transits', which is not under policies; did"
                + " you mean transit?; expected transit or accept-all");
    assertThat(faultsOf("", "export-policy: transit"))
        .containsExactly(
            "b.yaml:6: peers[0].export-policy: found 'transit', which is not under policies;"
                + " expected accept-all");
    assertThat(faultsOf("policies: {accept-all: {rules: [], otherwise: reject}}\n", ""))
        .containsExactly("b.yaml:1: policies.accept-all: this name is built in; choose another");
  }

  @Test
  void anIntervalThatIsTooLongIsRefused() {
    assertThat(faultsOf("", "minimum-advertisement-interval: 11m"))
        .containsExactly(
            "b.yaml:6: peers[0].minimum-advertisement-interval: found '11m'; expected a duration,"
                + " 0ms to 10m");
  }

  @Test
  void theExampleInTheDocumentationIsValid() throws Exception {
    String page = Files.readString(Path.of("../docs/policy.md"));
    int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
    AdvertiserConfig config =
        ConfigFile.parse("policy.md", page.substring(begin, page.indexOf("```", begin)));
    RoutePolicy policy = config.peers().get(0).bgp().export().policy();
    assertThat(policy)
        .hasToString(
            "[if any community of 65001:666 65001:6:66: reject;"
                + " if peer 192.0.2.253: med 200, prepend 2, continue;"
                + " if prefix in 203.0.113.0/24 ge 32, 2001:db8:cafe::/48 ge 128"
                + " and peer in AS 65000: remove all large communities,"
                + " remove communities no-export, add communities 65000:100 rt:65000:7,"
                + " next-hop self, accept; otherwise reject]");
    assertThat(config.peers().get(1).bgp().export())
        .isEqualTo(new PeerExport(Map.of(), policy, Duration.ofSeconds(5)));
  }
}
