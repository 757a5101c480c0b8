package dev.bugle.bgp.rib.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.rib.PeerKind;
import dev.bugle.bgp.rib.PolicyPeer;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PropagationTest {

  private static final Prefix PREFIX = Prefix.parse("198.51.100.0/24");

  /** The rule and the line of each case of the table. */
  static Stream<Arguments> cases() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    String rule = "";
    for (String line : lines()) {
      if (line.startsWith("[")) {
        rule = line.substring(1, line.length() - 1);
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        cases.add(Arguments.of(rule, line));
      }
    }
    return cases.stream();
  }

  private static List<String> lines() throws IOException {
    try (InputStream table =
        Objects.requireNonNull(PropagationTest.class.getResourceAsStream("propagation.txt"))) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void whatIsToldIsWhatTheRuleSays(String rule, String line) {
    PropagationCase asked = PropagationCase.parse(line);

    Optional<Path> told = asked.propagation().apply(PREFIX, asked.path());

    assertThat(told.map(PropagationCase::text).orElse("nothing"))
        .as(rule)
        .isEqualTo(asked.expected());
  }

  @Test
  void whatIsNotAcceptedIsNotTold() {
    PropagationCase asked =
        PropagationCase.parse("external > internal: AS_PATH 65009 via 192.0.2.9 => nothing");
    LearnedPath.Content content = asked.path().received();
    LearnedPath rejected =
        new PathSet()
            .of(
                new PathPool(asked.path().source()),
                content,
                new Imported(content, Eligibility.POLICY),
                List.of());

    assertThat(asked.propagation().apply(PREFIX, rejected)).isEmpty();
  }

  private static Propagation towards(String kindAndOptions) {
    return PropagationCase.parse(
            "external > " + kindAndOptions + ": AS_PATH 65009 via 192.0.2.9 => nothing")
        .propagation();
  }

  @Test
  void onlyAPolicyThatAsksTheDestinationMakesTheAnswerDependOnIt() {
    assertThat(towards("external").dependsOnDestination()).isFalse();
    assertThat(towards("external [no-policy]").dependsOnDestination()).isFalse();
    assertThat(towards("external [policy med]").dependsOnDestination()).isFalse();
    assertThat(towards("external [policy if-prefix]").dependsOnDestination()).isTrue();
  }

  @Test
  void equalOnesAreOneGroup() {
    assertThat(towards("external [policy med; aigp]"))
        .isEqualTo(towards("external [aigp; policy med]"))
        .hasSameHashCodeAs(towards("external [policy med; aigp]"))
        .isNotEqualTo(towards("external [policy med]"))
        .isNotEqualTo(towards("route-server [policy med; aigp]"));
  }

  @Test
  void aPolicyThatTellsPeersApartIsForNoGroup() {
    Propagation any = towards("external");
    RoutePolicy onePeers =
        RoutePolicy.of(
            PolicyRule.when(Condition.peer("192.0.2.254"), Condition.peerAs(1)).accept());

    assertThatThrownBy(() -> PropagationCase.withPolicy(any, onePeers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("peer 192.0.2.254")
        .hasMessageContaining("forPeer");
    PolicyPeer peer = new PolicyPeer(IpAddress.parse("192.0.2.254"), 1);
    assertThat(PropagationCase.withPolicy(any, onePeers.forPeer(peer)).towards())
        .isEqualTo(PeerKind.EXTERNAL);
  }
}
