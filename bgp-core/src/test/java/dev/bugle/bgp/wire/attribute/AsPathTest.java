package dev.bugle.bgp.wire.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bugle.bgp.wire.attribute.AsPath.Segment;
import dev.bugle.bgp.wire.attribute.AsPath.SegmentType;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
