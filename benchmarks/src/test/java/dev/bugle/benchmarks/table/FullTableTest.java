package dev.bugle.benchmarks.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Another codec than the one that wrote the table reads it. */
class FullTableTest {

  private static final CodecContext CODEC =
      CodecContext.INITIAL.withFourOctetAs(true).withExternal(true);

  private final FullTable table = FullTable.of(20_000, 3);

  private List<UpdateMessage> read(Neighbor sender) {
    ByteBuf octets = Unpooled.wrappedBuffer(table.updates(sender));
    List<UpdateMessage> updates = new ArrayList<>();
    Optional<Message> message = MessageCodec.decodeNext(octets, CODEC);
    while (message.isPresent()) {
      updates.add((UpdateMessage) message.get());
      message = MessageCodec.decodeNext(octets, CODEC);
    }
    assertThat(octets.isReadable()).isFalse();
    return updates;
  }

  private static List<String> prefixes(UpdateMessage update) {
    return update.announced().getOrDefault(AddressFamily.IPV4_UNICAST, List.<Nlri>of()).stream()
        .map(Nlri::toString)
        .toList();
  }

  @Test
  void everyPrefixIsAnnouncedOnceAndEveryUpdateIsSound() {
    List<UpdateMessage> updates = read(new Neighbor(1, true));
    assertThat(updates).hasSize(table.updates());
    assertThat(updates).noneMatch(UpdateMessage::isTreatAsWithdraw);
    assertThat(updates.stream().flatMap(update -> prefixes(update).stream()).sorted().toList())
        .isEqualTo(IntStream.range(0, 20_000).mapToObj(table.prefixes()::text).sorted().toList());
    List<String> last = prefixes(updates.get(updates.size() - 1));
    assertThat(last.get(last.size() - 1)).isEqualTo(table.last());
  }

  @Test
  void aTenthAsManySetsOfAttributesAreDistinctAndPackedAsRoutersPack() {
    List<UpdateMessage> updates = read(new Neighbor(1, true));
    assertThat(updates.stream().map(UpdateMessage::attributes).distinct()).hasSize(2_000);
    assertThat((double) table.prefixes().size() / table.updates()).isBetween(9.0, 10.0);
  }

  @Test
  void aSenderPutsInItsAsAndItsNextHop() {
    Neighbor sender = new Neighbor(2, true);
    Set<String> attributes =
        read(sender).stream()
            .map(update -> update.attributes().toString())
            .collect(Collectors.toSet());
    assertThat(attributes)
        .allMatch(text -> text.contains("64602"))
        .allMatch(text -> text.contains("192.0.2.2"));
  }

  @Test
  void theSmallestTableHasOnePrefix() {
    FullTable one = FullTable.of(1, 1);
    assertThat(one.attributeSets()).isEqualTo(1);
    assertThat(one.updates()).isEqualTo(1);
    assertThat(one.last()).isEqualTo(one.prefixes().text(0));
  }
}
