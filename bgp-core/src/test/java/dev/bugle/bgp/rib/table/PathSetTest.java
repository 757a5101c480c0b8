package dev.bugle.bgp.rib.table;

import static dev.bugle.bgp.rib.table.Paths.asPath;
import static dev.bugle.bgp.rib.table.Paths.content;
import static dev.bugle.bgp.rib.table.Paths.external;
import static dev.bugle.bgp.rib.table.Paths.med;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PathSetTest {

  private final PathSet set = new PathSet();
  private final PathPool one = new PathPool(external(1));
  private final PathPool two = new PathPool(external(2));

  private LearnedPath of(PathPool from, LearnedPath.Content content) {
    return set.of(from, content, Imported.unchanged(content), List.of());
  }

  @Test
  void whatASourceHasTwiceIsOnePath() {
    LearnedPath path = of(one, content(asPath("65001 9")));
    assertThat(of(one, content(asPath("65001 9")))).isSameAs(path);
    assertThat(of(one, content("203.0.113.2", asPath("65001 9")))).isNotSameAs(path);
    assertThat(of(one, content(asPath("65001 9")).identifiedBy(7))).isNotSameAs(path);
    LearnedPath.Content content = content(asPath("65001 9"));
    Imported rejected = new Imported(content, Eligibility.POLICY);
    assertThat(set.of(one, content, rejected, List.of())).isNotSameAs(path);
    assertThat(set.size()).isEqualTo(4);
  }

  @Test
  void pathsOfTwoSourcesHaveTheSameAttributes() {
    LearnedPath path = of(one, content(asPath("65001 9")));
    LearnedPath other = of(two, content("203.0.113.2", asPath("65001 9")));
    assertThat(other).isNotSameAs(path);
    assertThat(other.attributes()).isSameAs(path.attributes());
    assertThat(other.received()).isSameAs(other.imported().path());
  }

  @Test
  void thousandsAreFoundAgainAndGo() {
    List<LearnedPath> paths = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      paths.add(of(i % 2 == 0 ? one : two, content(med(i / 2))));
    }
    for (int i = 0; i < 5000; i++) {
      assertThat(of(i % 2 == 0 ? one : two, content(med(i / 2)))).isSameAs(paths.get(i));
    }
    for (int i = 0; i < 5000; i += 3) {
      set.remove(paths.get(i));
    }
    for (int i = 0; i < 5000; i++) {
      boolean isSame = of(i % 2 == 0 ? one : two, content(med(i / 2))) == paths.get(i);
      assertThat(isSame).as("path %d", i).isEqualTo(i % 3 != 0);
    }
    assertThat(set.size()).isEqualTo(5000);
  }

  /** Lists whose hash code is the same, as an enemy would choose them. */
  static PathAttributes colliding(int bits) {
    List<Community> communities = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      boolean isSet = (bits >> i & 1) != 0; // 31 * a + b = 31 * (a + 1) + (b - 31)
      communities.add(new Community(isSet ? 65001 : 65000));
      communities.add(new Community(isSet ? 1 : 32));
    }
    return PathAttributes.of(new Communities(communities));
  }

  @Test
  void attributesThatAreChosenToMeetCostABoundedTimeAndGoAsWell() {
    Set<Integer> hashes = new HashSet<>();
    List<LearnedPath> paths = new ArrayList<>();
    for (int i = 0; i < 1024; i++) {
      PathAttributes attributes = colliding(i);
      hashes.add(attributes.hashCode());
      paths.add(of(one, new LearnedPath.Content(attributes, content().nextHop(), 0)));
    }
    assertThat(hashes).as("they do meet").hasSize(1);
    assertThat(set.size()).as("as many as are looked at").isEqualTo(64);
    paths.forEach(set::remove);
    assertThat(set.size()).isZero();
  }
}
