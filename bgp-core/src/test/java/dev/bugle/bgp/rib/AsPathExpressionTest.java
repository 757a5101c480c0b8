package dev.bugle.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsPathExpressionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "65001; 65001; true",
        "65001; 1 65001 2; true",
        "65001; 650011 16500; false",
        "65001; ; false",
        "^65001; 65001 2; true",
        "^65001; 2 65001; false",
        "65001$; 2 65001; true",
        "65001$; 65001 2; false",
        "^65001 .* 65002$; 65001 65002; true",
        "^65001 .* 65002$; 65001 7 8 65002; true",
        "^65001 .* 65002$; 65001 7 8 65002 9; false",
        "^$; ; true",
        "^$; 1; false",
        ".*; ; true",
        ".; ; false",
        "^.$; 4294967295; true",
        "^. .$; 1 2 3; false",
        "^65001+$; 65001 65001 65001; true",
        "^65001+$; ; false",
        "^65001 65002?$; 65001; true",
        "^65001 65002? 65003$; 65001 65002 65002 65003; false",
        "^(1|2 3)+$; 2 3 1 2 3; true",
        "^(1|2 3)+$; 2 1; false",
        "^(1|2|3)$; 2; true",
        "^(|1) 2$; 2; true",
        "^1|2$; 3 2; true",
        "^1|2$; 3 1 4; false",
        "64512-65534; 1 64512; true",
        "64512-65534; 1 65534; true",
        "64512-65534; 64511 65535; false",
        "1.10; 65546; true",
        "_65001_; 1 65001; true",
        "^65001_65002$; 65001 65002; true",
        "^1 2 3$; 1 {4,2} 3; true",
        "^1 2 3$; 1 {4} 3; false",
        "^1 . 3$; 1 {4,2} 3; true",
        "^1$; (65001 65002) 1; true",
        "65001; (65001 65002) 1; false",
        "^$; (65001) [65002]; true",
        "((1*)*)*$; 2 1 1; true",
        "^(1*)*$; 1 1 2; false",
        "^ 1  ( 2 ) * $; 1 2 2; true",
        "1^2; 1 2; false"
      })
  void itIsFoundWhereItSaysSo(String expression, String path, boolean expected) {
    AsPath asPath = AsPath.parse(path == null ? "" : path);

    assertThat(AsPathExpression.parse(expression).matches(asPath)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "65001x; '65001x' in '65001x' is not a number of 0 to 4294967295 (column 1)",
        "^65001 [0-9]+; '[0' in '^65001 [0-9]+' is not a number of 0 to 4294967295 (column 8)",
        "1 *2 **; found '*' at column 7, expected an AS number, '.', '^', '$' or '('",
        "*; found '*' at column 1, expected an AS number, '.', '^', '$' or '('",
        "(1 2; the text ends at column 5, expected ')'",
        "1) 2; found ')' at column 2, expected no ')' that nothing opens",
        "1-; the text ends at column 3, expected an AS number, '.', '^', '$' or '('",
        "20-10; '10' in '20-10' is less than 20, with which the range begins (column 4)",
        "4294967296; is not a number of 0 to 4294967295 (column 1)",
        "_; is empty"
      })
  void aFaultSaysWhatWasExpectedAndWhere(String expression, String fault) {
    assertThatThrownBy(() -> AsPathExpression.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(fault);
  }

  @Test
  void aTextThatIsTooLongIsRefused() {
    assertThat(AsPathExpression.parse("1" + " ".repeat(999)).toString()).hasSize(1000);
    assertThatThrownBy(() -> AsPathExpression.parse(" ".repeat(1001)))
        .hasMessageContaining("1001 characters is too long: 1000 are allowed");
  }

  @Test
  void bracketsNestAsDeepAsTheTextAllows() {
    AsPathExpression nested =
        AsPathExpression.parse("^" + "(".repeat(300) + "1" + ")*".repeat(300) + "$");

    assertThat(nested.matches(AsPath.sequence(1L, 1L))).isTrue();
    assertThat(nested.matches(AsPath.sequence(1L, 2L))).isFalse();
  }

  /** What makes matchers that try one way after the other take exponential time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(1*)*2$",
        "^(1|1)*2$",
        "^(1+)+(1+)+(1+)+2$",
        "(.* .*)* 2 3$",
        "^1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?1?2$"
      })
  void aHostilePathTakesNoLongerThanAnotherOfItsLength(String expression) {
    AsPathExpression asked = AsPathExpression.parse(expression);
    AsPath path = AsPath.EMPTY.prepend(1, 16_000);

    Assertions.assertTimeout(
        Duration.ofSeconds(20), () -> assertThat(asked.matches(path)).isFalse());
  }

  /** Compared with java.util.regex on short paths of two numbers, written as letters. */
  @ParameterizedTest
  @ValueSource(longs = {1, 20261130})
  void itFindsWhatARegularExpressionFinds(long seed) {
    Random random = new Random(seed);
    int found = 0;
    for (int i = 0; i < 3000; i++) {
      String letters = randomExpression(random, 3);
      AsPathExpression expression =
          AsPathExpression.parse(letters.replace("a", " 1 ").replace("b", " 2 "));
      Pattern pattern = Pattern.compile(letters);
      for (int n = 0; n < 5; n++) {
        List<Long> asns =
            LongStream.range(0, random.nextInt(6)).map(x -> 1 + random.nextInt(2)).boxed().toList();
        String path = asns.stream().map(asn -> asn == 1 ? "a" : "b").collect(Collectors.joining());
        boolean expected = pattern.matcher(path).find();
        found += expected ? 1 : 0;
        assertThat(expression.matches(AsPath.sequence(asns.toArray(Long[]::new))))
            .as("seed %d: %s in %s", seed, letters, path)
            .isEqualTo(expected);
      }
    }
    assertThat(found).isBetween(1000, 14_000);
  }

  private static String randomExpression(Random random, int depth) {
    int parts = 1 + random.nextInt(3);
    return IntStream.range(0, parts)
        .mapToObj(part -> randomPart(random, depth))
        .collect(Collectors.joining(random.nextInt(4) == 0 ? "|" : ""));
  }

  private static String randomPart(Random random, int depth) {
    String atom =
        switch (random.nextInt(depth > 0 ? 8 : 5)) {
          case 0, 1 -> "a";
          case 2, 3 -> "b";
          case 4 -> ".";
          case 5 -> "^";
          case 6 -> "$";
          default -> "(" + randomExpression(random, depth - 1) + ")";
        };
    boolean isBorder = atom.equals("^") || atom.equals("$");
    return atom + (isBorder ? "" : List.of("", "", "*", "+", "?").get(random.nextInt(5)));
  }

  @Test
  void aConditionHoldsWhenOneOfItsExpressionsIsFound() {
    PolicyPeer peer = new PolicyPeer(IpAddress.parse("192.0.2.254"), 65000);
    Condition condition = Condition.asPath("^65001 ", "65002$");

    assertThat(condition.holds(peer, route("65001 1"))).isTrue();
    assertThat(condition.holds(peer, route("1 65002"))).isTrue();
    assertThat(condition.holds(peer, route("1 65001 2"))).isFalse();
    assertThat(condition).hasToString("as-path ^65001 , 65002$");
    assertThat(condition).isEqualTo(Condition.asPath("^65001 ", "65002$"));
    assertThat(Condition.asPath("^$").holds(peer, withAttributes(PathAttributes.of(Origin.IGP))))
        .as("an announcement of ours")
        .isTrue();
    assertThatThrownBy(Condition::asPath).hasMessageContaining("AS paths names none");
    assertThat(RoutePolicy.of(PolicyRule.when(condition).accept()).asksDestination()).isFalse();
  }

  private static PolicyRoute route(String path) {
    return withAttributes(PathAttributes.of(Origin.IGP, AsPath.parse(path)));
  }

  private static PolicyRoute withAttributes(PathAttributes attributes) {
    return new PolicyRoute(Prefix.parse("198.51.100.0/24"), attributes, 0, Optional.empty());
  }
}
