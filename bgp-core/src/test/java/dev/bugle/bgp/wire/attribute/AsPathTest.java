package dev.bugle.bgp.wire.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bugle.bgp.wire.attribute.AsPath.Segment;
import dev.bugle.bgp.wire.attribute.AsPath.SegmentType;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsPathTest {

  private static final Segment SET = new Segment(SegmentType.AS_SET, List.of(3L, 4L));
  private static final Segment CONFEDERATION =
      new Segment(SegmentType.AS_CONFED_SEQUENCE, List.of(64512L));

  @Test
  void pathsPrintAsRoutersPrintThem() {
    assertThat(AsPath.EMPTY).hasToString("");
    assertThat(AsPath.sequence(65001L, 4294967295L)).hasToString("65001 4294967295");
    assertThat(new AsPath(List.of(CONFEDERATION, SET))).hasToString("(64512) {3,4}");
  }

  @Test
  void prependingNothingChangesNothing() {
    assertThat(AsPath.sequence(1L).prepend(2, 0)).isEqualTo(AsPath.sequence(1L));
    assertThat(AsPath.EMPTY.prepend(2, 0)).isEqualTo(AsPath.EMPTY);
  }

  @Test
  void prependingJoinsTheFirstSequence() {
    assertThat(AsPath.sequence(1L).prepend(2, 3)).isEqualTo(AsPath.sequence(2L, 2L, 2L, 1L));
  }

  @Test
  void prependingBeginsASequenceBeforeASetOrAConfederation() {
    assertThat(new AsPath(List.of(SET)).prepend(2, 1)).hasToString("2 {3,4}");
    assertThat(new AsPath(List.of(CONFEDERATION)).prepend(2, 1)).hasToString("2 (64512)");
  }

  @Test
  void aFullSegmentIsLeftAndANewOneBegun() {
    AsPath full = AsPath.EMPTY.prepend(1, 255);
    assertThat(full.segments()).hasSize(1);
    assertThat(full.prepend(2, 1).segments())
        .extracting(segment -> segment.asns().size())
        .containsExactly(1, 255);
    assertThat(AsPath.sequence(9L).prepend(2, 255).segments())
        .extracting(segment -> segment.asns().size())
        .containsExactly(1, 255);
    assertThat(AsPath.EMPTY.prepend(1, 600).length()).isEqualTo(600);
  }

  @Test
  void aSetCountsOneAndAConfederationNothing() {
    assertThat(AsPath.EMPTY.length()).isZero();
    assertThat(new AsPath(List.of(CONFEDERATION, SET)).prepend(5, 2).length()).isEqualTo(3);
  }

  @Test
  void impossibleSegmentsCannotExist() {
    SegmentType type = SegmentType.AS_SEQUENCE;
    assertThatIllegalArgumentException().isThrownBy(() -> new Segment(type, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Segment(type, List.of(0L)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Segment(type, List.of(1L << 32)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Segment(type, Collections.nCopies(256, 1L)));
    assertThat(new Segment(type, Collections.nCopies(255, 1L)).asns()).hasSize(255);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                              | ''",
        "65001                           | 65001",
        "'  65001   65002 '              | 65001 65002",
        "64086.59905 0.100               | 4200000001 100",
        "65535.65535                     | 4294967295",
        "(65001 65002) 1 {2,3} [4,5]     | (65001 65002) 1 {2,3} [4,5]",
        "(65001,65002)                   | (65001 65002)",
        "{ 2 3 } 4                       | {2,3} 4",
        "1{2}3                           | 1 {2} 3",
        "[65001]                         | [65001]"
      })
  void pathsAreReadAsRoutersPrintThem(String text, String printed) {
    AsPath path = AsPath.parse(text);
    assertThat(path).hasToString(printed);
    assertThat(AsPath.parse(printed)).isEqualTo(path);
  }

  @Test
  void segmentsAreReadAsWhatTheyAre() {
    assertThat(AsPath.parse("(64512) {3,4}")).isEqualTo(new AsPath(List.of(CONFEDERATION, SET)));
    assertThat(AsPath.parse("[1,2] 7"))
        .isEqualTo(
            new AsPath(
                List.of(
                    new Segment(SegmentType.AS_CONFED_SET, List.of(1L, 2L)),
                    new Segment(SegmentType.AS_SEQUENCE, List.of(7L)))));
  }

  @Test
  void aLongPathIsReadIntoSeveralSegments() {
    assertThat(AsPath.parse("7 ".repeat(600)).segments())
        .extracting(segment -> segment.asns().size())
        .containsExactly(255, 255, 90);
    assertThat(AsPath.parse("{" + "7 ".repeat(255) + "}").length()).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "65001 x        | 'x' in '65001 x' is not a number of 0 to 4294967295 (column 7)",
        "4294967296     | '4294967296' in '4294967296' is not a number of 0 to 4294967295 (column"
            + " 1)",
        "65001 0        | '0' in '65001 0' is not an AS number of a path: 1 to 4294967295 (column"
            + " 7)",
        "1.65536        | '65536' in '1.65536' is not a number of 0 to 65535 (column 3)",
        "1.             | '' in '1.' is not a number of 0 to 65535 (column 3)",
        ".1             | '' in '.1' is not a number of 0 to 65535 (column 1)",
        "{}             | '{}': found '}' at column 2, expected an AS number",
        "{1,}           | '{1,}': found '}' at column 4, expected an AS number",
        "{1             | '{1': the text ends at column 3, expected '}'",
        "(1 2]          | '(1 2]': found ']' at column 5, expected an AS number",
        "1 2)           | '1 2)': found ')' at column 4, expected an AS number",
        "1,2            | '1,2': found ',' at column 2, expected an AS number",
        "{1 {2}}        | '{1 {2}}': found '{' at column 4, expected an AS number",
      })
  void whatIsNoPathIsRefusedWithItsColumn(String text, String fault) {
    assertThatIllegalArgumentException().isThrownBy(() -> AsPath.parse(text)).withMessage(fault);
  }

  @Test
  void aSetOfMoreThanASegmentHoldsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AsPath.parse("{" + "7 ".repeat(256) + "}"))
        .withMessageEndingWith("at column 514, expected '}', for there are 255 AS numbers");
  }

  @Test
  void theNumbersAreAListLikeAnyOther() {
    List<Long> numbers = List.of(1L, 65001L, 4_294_967_295L);
    List<Long> asns = new Segment(SegmentType.AS_SEQUENCE, numbers).asns();
    assertThat(asns).isEqualTo(numbers).hasSameHashCodeAs(numbers).hasToString(numbers.toString());
    assertThat(numbers).isEqualTo(asns);
    assertThat(asns.contains(4_294_967_295L)).isTrue();
  }
}
