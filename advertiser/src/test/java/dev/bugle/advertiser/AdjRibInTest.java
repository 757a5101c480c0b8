package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdjRibInTest {

  private static final Ipv4Address NEXT_HOP = Ipv4Address.parse("192.0.2.1");
  private static final PathAttributes ATTRIBUTES =
      PathAttributes.of(Origin.IGP, AsPath.EMPTY, new NextHop(NEXT_HOP));

  private final AdjRibIn table = new AdjRibIn();

  private static List<Prefix> prefixes(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Prefix.parse("10." + i / 256 + "." + i % 256 + ".0/24"))
        .toList();
  }

  private void announce(int from, int to) {
    table.update(new UpdateMessage(List.of(), ATTRIBUTES, prefixes(from, to)));
  }

  @Test
  void whatIsAnnouncedIsThereUntilItIsWithdrawn() {
    announce(0, 2);
    assertThat(table.snapshot().routes().get(0).nextHop()).contains(NEXT_HOP);
    assertThat(table.snapshot().routes().get(0).attributes().get(NextHop.class)).isEmpty();
    table.update(new UpdateMessage(prefixes(0, 1), PathAttributes.EMPTY, List.of()));
    assertThat(table.snapshot().routes()).hasSize(1);
    assertThat(table.snapshot().complete()).isTrue();
  }

  @Test
  void whatComesWhenItIsFullIsNotKeptAndThatIsKnown() {
    announce(0, AdjRibIn.CAPACITY);
    announce(0, AdjRibIn.CAPACITY);
    assertThat(table.snapshot().complete()).isTrue();
    announce(AdjRibIn.CAPACITY, AdjRibIn.CAPACITY + 1);
    assertThat(table.snapshot().routes()).hasSize(AdjRibIn.CAPACITY);
    assertThat(table.snapshot().complete()).isFalse();
  }

  @Test
  void longAttributesAreBoundedToo() {
    PathAttributes heavy =
        ATTRIBUTES.with(new Communities(Collections.nCopies(900, Community.GRACEFUL_SHUTDOWN)));
    table.update(new UpdateMessage(List.of(), heavy, prefixes(0, 200)));
    assertThat(table.snapshot().routes()).hasSizeBetween(60, 80);
    assertThat(table.snapshot().complete()).isFalse();
  }
}
