package dev.bugle.benchmarks.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixSetTest {

  private final PrefixSet prefixes = PrefixSet.random(20_000, new Random(7));

  @Test
  void prefixesAreDistinctAndFoundByTheirNumbers() {
    Set<String> texts = new HashSet<>();
    for (int number = 0; number < prefixes.size(); number++) {
      texts.add(prefixes.text(number));
      assertThat(prefixes.number(prefixes.address(number), prefixes.length(number)))
          .isEqualTo(number);
    }
    assertThat(texts).hasSize(20_000);
  }

  @Test
  void bitsBeyondTheLengthDoNotMatter() {
    assertThat(prefixes.number(prefixes.address(5) | 1, prefixes.length(5))).isEqualTo(5);
  }

  @Test
  void whatIsNotInItHasNoNumber() {
    assertThat(prefixes.number(10 << 24, 8)).isNegative();
    assertThat(prefixes.number(prefixes.address(0), 7)).isNegative();
    assertThat(prefixes.number(prefixes.address(0), 25)).isNegative();
    assertThat(prefixes.number(prefixes.address(0), 32)).isNegative();
    assertThat(prefixes.number(0, 0)).isNegative();
  }

  @Test
  void mostAreAsLongAsMostOfTheInternetAndNoneIsReserved() {
    assertThat(IntStream.range(0, 20_000).filter(number -> prefixes.length(number) == 24).count())
        .isBetween(11_500L, 13_500L);
    assertThat(IntStream.range(0, 20_000).mapToObj(prefixes::text))
        .noneMatch(text -> text.matches("(0|10|127|22[4-9]|2[3-5]\\d)\\..*"))
        .noneMatch(text -> text.matches("(192\\.168|169\\.254|198\\.1[89])\\..*"));
  }

  @Test
  void theSameSeedGivesTheSame() {
    PrefixSet again = PrefixSet.random(20_000, new Random(7));
    assertThat(IntStream.range(0, 20_000).mapToObj(again::text).toList())
        .isEqualTo(IntStream.range(0, 20_000).mapToObj(prefixes::text).toList());
  }

  @Test
  void moreThanCanBeDrawnIsRefused() {
    assertThatThrownBy(() -> PrefixSet.random(4_000_001, new Random(7)))
        .hasMessage("4000001 prefixes; it takes 1 to 4000000");
    assertThatThrownBy(() -> PrefixSet.random(0, new Random(7)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
