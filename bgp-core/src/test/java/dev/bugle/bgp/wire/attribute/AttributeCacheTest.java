package dev.bugle.bgp.wire.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AttributeDecoder.Decoded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributeCacheTest {

  private static final CodecContext CONTEXT = CodecContext.INITIAL.withFourOctetAs(true);
  private static final long SEED = 4271;

  private final AttributeCache cache = new AttributeCache();

  @Test
  void theSameOctetsOneBehindTheOtherAreTheSameObject() {
    assertThat(decode(route(1))).isSameAs(decode(route(1)));
  }

  @Test
  void octetsThatCameTwiceAreRememberedOverOthers() {
    decode(route(1));
    decode(route(2));
    Decoded second = decode(route(1));
    decode(route(2));
    assertThat(decode(route(1))).isSameAs(second);
  }

  @Test
  void theFieldIsReadToItsEndAlsoWhenItIsKnown() {
    for (int time = 0; time < 3; time++) {
      ByteBuf field = route(1);
      cache.decode(field, CONTEXT);
      assertThat(field.isReadable()).isFalse();
    }
  }

  @Test
  void anotherContextReadsTheSameOctetsAnew() {
    ByteBuf localPref = encoded(PathAttributes.of(new LocalPref(7)));
    assertThat(cache.decode(localPref.duplicate(), CONTEXT.withExternal(false)).attributes())
        .isEqualTo(PathAttributes.of(new LocalPref(7)));
    Decoded external = cache.decode(localPref.duplicate(), CONTEXT.withExternal(true));
    assertThat(external.attributes().isEmpty()).isTrue();
    assertThat(external.faults()).hasSize(1);
  }

  @Test
  void aFaultIsFoundEachTimeThatItComes() {
    ByteBuf noOrigin = Unpooled.wrappedBuffer(new byte[] {0x40, 1, 1, 9});
    ByteBuf reset = Unpooled.wrappedBuffer(new byte[] {(byte) 0x80, 14, 1, 0});
    Decoded before = decode(noOrigin.duplicate());
    for (int time = 0; time < 4; time++) {
      Decoded decoded = decode(noOrigin.duplicate());
      assertThat(decoded.faults()).hasSize(1);
      assertThat(decoded).isNotSameAs(before);
      assertThatThrownBy(() -> decode(reset.duplicate())).isInstanceOf(BgpException.class);
      before = decoded;
    }
  }

  @Test
  void whatCarriesDestinationsIsNotKept() {
    PathAttributes reach =
        PathAttributes.of(
            MpReach.of(
                AddressFamily.IPV6_UNICAST,
                IpAddress.parse("2001:db8::1"),
                List.of(Prefix.parse("2001:db8::/32"))));
    PathAttributes unreach =
        PathAttributes.of(new MpUnreach(AddressFamily.IPV6_UNICAST, List.of()));
    for (PathAttributes attributes : List.of(reach, unreach)) {
      Decoded first = decode(encoded(attributes));
      assertThat(decode(encoded(attributes))).isNotSameAs(first).isEqualTo(first);
      assertThat(decode(encoded(attributes))).isNotSameAs(first);
    }
  }

  @Test
  void aLongFieldIsReadAndNotKept() {
    Long[] asns = new Long[AttributeCache.MAX_LENGTH / 4];
    Arrays.fill(asns, 65001L);
    PathAttributes attributes = PathAttributes.of(AsPath.sequence(asns));
    Decoded first = decode(encoded(attributes));
    assertThat(first.attributes()).isEqualTo(attributes);
    assertThat(decode(encoded(attributes))).isNotSameAs(first);
  }

  @Test
  void whatComesInMassesTakesThePlaceOfWhatCameBefore() {
    for (int time = 0; time < 3; time++) {
      decode(route(0));
      decode(route(1));
    }
    Decoded known = decode(route(0));
    for (int path = 1; path < 8 * AttributeCache.SLOTS; path++) {
      decode(route(path));
      decode(route(path + 1));
      decode(route(path));
    }
    assertThat(decode(route(0))).isNotSameAs(known).isEqualTo(known);
  }

  @Test
  void whateverComesInWhateverOrderIsReadAsWithoutACache() {
    Random random = new Random(SEED);
    for (int i = 0; i < 40_000; i++) {
      byte[] octets = ByteBufUtil.getBytes(route(random.nextInt(1 << random.nextInt(14))));
      if (random.nextInt(4) == 0) {
        octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
      }
      String field = ByteBufUtil.hexDump(octets);
      Decoded expected;
      try {
        expected = AttributeDecoder.decode(Unpooled.wrappedBuffer(octets), CONTEXT);
      } catch (BgpException reset) {
        assertThatThrownBy(() -> decode(Unpooled.wrappedBuffer(octets)))
            .as(field)
            .isInstanceOf(BgpException.class)
            .hasMessage(reset.getMessage());
        continue;
      }
      assertThat(decode(Unpooled.wrappedBuffer(octets))).as(field).isEqualTo(expected);
    }
  }

  private Decoded decode(ByteBuf field) {
    return cache.decode(field, CONTEXT);
  }

  private static ByteBuf route(int path) {
    return encoded(
        PathAttributes.of(
            Origin.IGP,
            AsPath.sequence(65001L, 1L + path),
            new NextHop(Ipv4Address.parse("192.0.2.1")),
            new Communities(List.of(Community.NO_EXPORT, Community.of(65001, path & 0xFFFF)))));
  }

  private static ByteBuf encoded(PathAttributes attributes) {
    ByteBuf out = Unpooled.buffer();
    attributes.encode(out, CONTEXT.withExternal(false));
    return out;
  }
}
