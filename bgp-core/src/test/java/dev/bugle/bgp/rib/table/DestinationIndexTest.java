package dev.bugle.bgp.rib.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.NlriCodecs;
import dev.bugle.bgp.wire.PackedPrefixes;
import dev.bugle.bgp.wire.Prefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationIndexTest {

  private static Prefix random(Random random, boolean ipv4) {
    // Few bits, so that prefixes come again.
    int length = random.nextInt(ipv4 ? 33 : 129);
    return ipv4
        ? new Prefix(new Ipv4Address(random.nextInt(16) << 28).masked(length), length)
        : new Prefix(
            new Ipv6Address((long) random.nextInt(4) << 62, random.nextInt(4)).masked(length),
            length);
  }

  /** Against a map, over many operations; numbers stay, and none is given to two. */
  @ParameterizedTest
  @ValueSource(strings = {"ipv4-unicast", "ipv6-unicast", "ipv4-multicast"})
  void isAsAMapWould(String name) {
    AddressFamily family = AddressFamily.parse(name);
    DestinationIndex index = DestinationIndex.of(family, 7);
    Map<Nlri, Integer> model = new HashMap<>();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100_000; round++) {
      Prefix prefix = random(random, family.isIpv4());
      switch (random.nextInt(3)) {
        case 0 -> {
          int number = index.findOrAdd(prefix);
          assertThat(number).as("seed %d", seed).isEqualTo(model.getOrDefault(prefix, number));
          model.put(prefix, number);
        }
        case 1 -> {
          int expected = model.getOrDefault(prefix, DestinationIndex.NONE);
          assertThat(index.find(prefix)).as("seed %d", seed).isEqualTo(expected);
        }
        default -> {
          Integer number = model.remove(prefix);
          if (number != null) {
            assertThat(index.get(number)).as("seed %d", seed).isEqualTo(prefix);
            index.remove(number);
          }
        }
      }
      assertThat(index.size()).as("seed %d", seed).isEqualTo(model.size());
    }
    Set<Nlri> found = new HashSet<>();
    for (int number = 0; number < index.limit(); number++) {
      if (index.isUsed(number)) {
        found.add(index.get(number));
      }
    }
    assertThat(found).as("seed %d", seed).isEqualTo(model.keySet());
    assertThat(new HashSet<>(model.values())).as("seed %d", seed).hasSize(model.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ipv4-unicast", "ipv6-unicast", "ipv4-multicast"})
  void prefixesAsAMessageHasThemAreTheSame(String name) {
    AddressFamily family = AddressFamily.parse(name);
    DestinationIndex index = DestinationIndex.of(family, 7);
    Random random = new Random(11);
    List<Nlri> prefixes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      prefixes.add(random(random, family.isIpv4()));
    }
    ByteBuf field = Unpooled.buffer();
    NlriCodecs.UNICAST.encode(unicast(family), prefixes, field, CodecContext.INITIAL);
    List<Nlri> read = NlriCodecs.UNICAST.decode(unicast(family), field, CodecContext.INITIAL);
    assertThat(read).isInstanceOf(PackedPrefixes.class);
    for (int i = 0; i < read.size(); i++) {
      int number = index.findOrAdd(read, i);
      assertThat(index.get(number)).isEqualTo(prefixes.get(i));
      assertThat(index.find(prefixes.get(i))).isEqualTo(number);
      assertThat(index.find(read, i)).isEqualTo(number);
    }
    assertThat(index.size()).isEqualTo(new HashSet<>(prefixes).size());
  }

  private static AddressFamily unicast(AddressFamily family) {
    return family.isIpv4() ? AddressFamily.IPV4_UNICAST : AddressFamily.IPV6_UNICAST;
  }

  @Test
  void everyPrefixOfAMillionIsFoundAgainAndGoesAgain() {
    PrefixIndex index = new PrefixIndex(true, 7);
    List<Prefix> prefixes = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      prefixes.add(new Prefix(new Ipv4Address(i << 8), 24));
      assertThat(index.findOrAdd(prefixes.get(i))).isEqualTo(i);
    }
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(index.find(prefixes.get(i))).isEqualTo(i);
    }
    for (int i = 0; i < 1_000_000; i++) {
      index.remove(i);
    }
    assertThat(index.size()).isZero();
    assertThat(index.limit()).isZero();
    assertThat(index.find(prefixes.get(0))).isEqualTo(DestinationIndex.NONE);
  }

  @Test
  void ipv6PrefixesOfSeveralPagesAreFoundAgainAndGoAgain() {
    PrefixIndex index = new PrefixIndex(false, 7);
    List<Prefix> prefixes = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      prefixes.add(new Prefix(new Ipv6Address(i, (long) i << 32), 97 + i % 32));
      assertThat(index.findOrAdd(prefixes.get(i))).isEqualTo(i);
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(index.find(prefixes.get(i))).isEqualTo(i);
      assertThat(index.get(i)).isEqualTo(prefixes.get(i));
    }
    for (int i = 0; i < 10_000; i += 2) {
      index.remove(i);
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(index.isUsed(i)).isEqualTo(i % 2 == 1);
      assertThat(index.find(prefixes.get(i))).isEqualTo(i % 2 == 1 ? i : DestinationIndex.NONE);
    }
  }

  @Test
  void whatIsGoneHasNoNumber() {
    for (DestinationIndex index :
        List.of(new PrefixIndex(true, 7), new NlriIndex(AddressFamily.EVPN))) {
      int number = index.findOrAdd(Prefix.parse("192.0.2.0/24"));
      index.findOrAdd(Prefix.parse("192.0.2.0/25"));
      index.remove(number);

      assertThat(index.isUsed(number)).isFalse();
      assertThatThrownBy(() -> index.get(number)).isInstanceOf(IllegalArgumentException.class);
      assertThat(index.findOrAdd(Prefix.parse("198.51.100.0/24"))).isEqualTo(number);
    }
  }

  @Test
  void prefixesOfAllLengthsWithTheSameBitsAreDifferent() {
    PrefixIndex index = new PrefixIndex(false, 7);
    Set<Integer> numbers = new HashSet<>();
    for (int length = 0; length <= 128; length++) {
      numbers.add(index.findOrAdd(Prefix.parse("::/" + length)));
    }
    assertThat(numbers).hasSize(129);
  }
}
