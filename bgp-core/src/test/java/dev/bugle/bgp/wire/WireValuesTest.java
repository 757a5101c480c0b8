package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bugle.bgp.wire.nlri.Families;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What addresses, prefixes and families are to each other. */
class WireValuesTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 203.0.113.10/32, true",
    "203.0.113.0/24, 203.0.113.10/32, true",
    "203.0.113.0/24, 203.0.113.0/24, true",
    "203.0.113.0/24, 203.0.112.0/23, false",
    "203.0.113.0/24, 203.0.112.255/32, false",
    "203.0.113.10/32, 203.0.113.11/32, false",
    "0.0.0.0/0, 2001:db8::/32, false",
    "::/0, 203.0.113.0/24, false",
    "::/0, 2001:db8::/32, true",
    "2001:db8::/32, 2001:db8:ffff::/48, true",
    "2001:db8::/32, 2001:db9::/32, false",
    "2001:db8::/48, 2001:db8:0:1::/64, true",
    "2001:db8::/48, 2001:db8:1::/48, false",
    "2001:db8::/64, 2001:db8:0:0:ffff::/80, true",
    "2001:db8::/64, 2001:db8:0:1::/80, false",
    "2001:db8::/65, 2001:db8::7000:0:0:0/80, true",
    "2001:db8::/65, 2001:db8::8000:0:0:0/80, false",
    "2001:db8::/65, 2001:db9::/80, false",
    "2001:db8::1/128, 2001:db8::1/128, true",
    "2001:db8::1/128, 2001:db8::2/128, false",
  })
  void aPrefixCoversWhatBeginsLikeIt(String prefix, String other, boolean covers) {
    assertThat(Prefix.parse(prefix).covers(Prefix.parse(other))).isEqualTo(covers);
  }

  /** A table that is sorted by family is in the order of AFI, and then of SAFI. */
  @Test
  void familiesHaveTheOrderOfTheirNumbers() {
    List<AddressFamily> sorted =
        List.of(
            new AddressFamily(1, 1),
            new AddressFamily(1, 255),
            new AddressFamily(2, 1),
            new AddressFamily(25, 70),
            new AddressFamily(255, 255),
            new AddressFamily(256, 0),
            new AddressFamily(16388, 71),
            new AddressFamily(65535, 1));
    List<AddressFamily> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(shuffled.stream().sorted()).isEqualTo(sorted);
    assertThat(sorted.get(0)).isEqualByComparingTo(AddressFamily.IPV4_UNICAST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.10", "255.1.2.128", "2001:db8::ff01", "::ffff:192.0.2.1"})
  void anAddressIsThatOfTheJdk(String text) throws Exception {
    IpAddress address = IpAddress.parse(text);
    byte[] octets = address.toInetAddress().getAddress();
    ByteBuf written = Unpooled.buffer();
    address.writeTo(written);
    byte[] whole = Bytes.readAll(written).toArray();
    // The JDK knows an IPv4-mapped address only as the IPv4 address.
    assertThat(whole).endsWith(octets);
    assertThat(address.isIpv4() ? Ipv4Address.of(octets) : Ipv6Address.of(octets))
        .isEqualTo(address);
  }

  @Test
  void aPrefixOnTheWireIsAsLongAsItsAddressAtMost() {
    for (boolean ipv4 : new boolean[] {true, false}) {
      ByteBuf field = Unpooled.buffer().writeZero(17);
      assertThatExceptionOfType(BgpException.class)
          .isThrownBy(() -> Prefix.decode(field, ipv4 ? 33 : 129, ipv4))
          .withMessageContaining(ipv4 ? "an IPv4 address" : "an IPv6 address");
    }
  }

  @Test
  void aPathOfAMalformedDestinationIsDiscardedLikeIt() {
    Nlri malformed = new DiscardedNlri();
    assertThat(new PathNlri(7, malformed).isDiscarded()).isTrue();
    assertThat(new PathNlri(7, Prefix.parse("192.0.2.0/24")).isDiscarded()).isFalse();
    for (long identifier : new long[] {0, 0xFFFF_FFFFL}) {
      assertThat(new PathNlri(identifier, malformed).pathIdentifier()).isEqualTo(identifier);
    }
    for (long identifier : new long[] {-1, 0x1_0000_0000L}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new PathNlri(identifier, malformed));
    }
  }

  private record DiscardedNlri() implements Nlri {
    @Override
    public boolean isDiscarded() {
      return true;
    }
  }

  @Test
  void packedPrefixesAreEqualToAnyListOfThem() {
    List<Prefix> some = List.of(Prefix.parse("192.0.2.0/24"), Prefix.parse("198.51.100.0/25"));
    List<Nlri> packed = decoded(some);
    assertThat(packed).isInstanceOf(PackedPrefixes.class);
    assertThat(packed.equals(some)).isTrue();
    assertThat(packed.equals(decoded(some))).isTrue();
    assertThat(packed.equals(some.subList(0, 1))).isFalse();
    assertThat(packed.equals(decoded(some.subList(0, 1)))).isFalse();
    assertThat(packed.equals(List.of(some.get(1), some.get(0)))).isFalse();
  }

  private static List<Nlri> decoded(List<Prefix> prefixes) {
    ByteBuf field = Unpooled.buffer();
    NlriCodecs.UNICAST.encode(
        AddressFamily.IPV4_UNICAST, List.copyOf(prefixes), field, CodecContext.INITIAL);
    return NlriCodecs.UNICAST.decode(AddressFamily.IPV4_UNICAST, field, CodecContext.INITIAL);
  }

  @Test
  void oneDestinationIsReadFromTheFrontOfABuffer() {
    NlriCodecs codecs = Families.ALL;
    ByteBuf two = Unpooled.wrappedBuffer(Bytes.hex("18c0000218c63364").toArray());
    assertThat(codecs.decodeOne(AddressFamily.IPV4_UNICAST, two, CodecContext.INITIAL))
        .hasValue(Prefix.parse("192.0.2.0/24"));
    assertThat(two.readableBytes()).isEqualTo(4);
    AddressFamily unknown = new AddressFamily(99, 99);
    assertThat(codecs.decodeOne(unknown, two, CodecContext.INITIAL)).isEmpty();
    assertThat(two.readableBytes()).isEqualTo(4);
    assertThatExceptionOfType(BgpException.class)
        .isThrownBy(
            () ->
                codecs.decodeOne(
                    AddressFamily.IPV4_UNICAST, Unpooled.EMPTY_BUFFER, CodecContext.INITIAL));
  }

  @Test
  void aPathIdentifierStandsWhereItWasAgreedOnly() {
    Prefix prefix = Prefix.parse("192.0.2.0/24");
    CodecContext with = CodecContext.INITIAL.withSent(withPaths());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encode(prefix, with))
        .withMessageContaining("needs a path identifier");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encode(new PathNlri(7, prefix), CodecContext.INITIAL))
        .withMessageContaining("was not agreed");
    assertThat(encode(new PathNlri(7, prefix), with)).isEqualTo(Bytes.hex("0000000718c00002"));
    assertThat(encode(prefix, CodecContext.INITIAL)).isEqualTo(Bytes.hex("18c00002"));
  }

  private static Direction withPaths() {
    return CodecContext.INITIAL.sent().withPathIdentifiers(Set.of(AddressFamily.IPV4_UNICAST));
  }

  private static Bytes encode(Nlri nlri, CodecContext context) {
    ByteBuf out = Unpooled.buffer();
    NlriCodecs.UNICAST.encode(AddressFamily.IPV4_UNICAST, List.of(nlri), out, context);
    return Bytes.readAll(out);
  }

  @Test
  void onlyCeaseIsCease() {
    assertThat(BgpError.administrativeShutdown("").isCease()).isTrue();
    assertThat(BgpError.MALFORMED_AS_PATH.isCease()).isFalse();
  }
}
