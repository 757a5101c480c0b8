package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedPrefixesTest {

  private static final long SEED = 4760;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyFieldIsReadAsPrefixByPrefix(boolean ipv4) {
    Random random = new Random(SEED);
    for (int round = 0; round < 5_000; round++) {
      byte[] octets = new byte[random.nextInt(60)];
      random.nextBytes(octets);
      for (int i = 0; i < octets.length; i++) { // so that many of them are whole
        octets[i] = random.nextBoolean() ? (byte) random.nextInt(ipv4 ? 33 : 129) : octets[i];
      }
      String field = ByteBufUtil.hexDump(octets);
      List<Nlri> expected = new ArrayList<>();
      BgpException fault = null;
      ByteBuf one = Unpooled.wrappedBuffer(octets);
      try {
        while (one.isReadable()) {
          expected.add(Prefix.decode(one, ipv4));
        }
      } catch (BgpException malformed) {
        fault = malformed;
      }
      ByteBuf all = Unpooled.wrappedBuffer(octets);
      if (fault != null) {
        BgpException same =
            catchThrowableOfType(BgpException.class, () -> PackedPrefixes.decode(all, ipv4));
        assertThat(same).as(field).isNotNull();
        assertThat(same.found()).as(field).isEqualTo(fault.found());
        assertThat(same.error()).as(field).isEqualTo(fault.error());
        continue;
      }
      PackedPrefixes prefixes = PackedPrefixes.decode(all, ipv4);
      assertThat(all.isReadable()).as(field).isFalse();
      assertThat(prefixes).as(field).isEqualTo(expected).hasSameHashCodeAs(expected);
      assertThat(expected).as(field).isEqualTo(prefixes);
      assertThat(PackedPrefixes.copyOf(prefixes)).isSameAs(prefixes);
      assertThat(prefixes.encodedLength()).as(field).isEqualTo(octets.length);
      assertEncodes(prefixes, expected, field);
    }
  }

  private static void assertEncodes(PackedPrefixes prefixes, List<Nlri> expected, String field) {
    ByteBuf packed = Unpooled.buffer();
    ByteBuf single = Unpooled.buffer();
    prefixes.encode(packed);
    expected.forEach(prefix -> ((Prefix) prefix).encode(single));
    assertThat(packed).as(field).isEqualTo(single);
    for (int i = 0; i < prefixes.size(); i++) {
      Prefix prefix = prefixes.get(i);
      assertThat(prefixes.length(i)).isEqualTo(prefix.length());
      if (prefix.address() instanceof Ipv6Address v6) {
        assertThat(prefixes.high(i)).isEqualTo(v6.high());
        assertThat(prefixes.low(i)).isEqualTo(v6.low());
      } else {
        assertThat(prefixes.high(i))
            .isEqualTo((long) ((Ipv4Address) prefix.address()).bits() << 32);
        assertThat(prefixes.low(i)).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aListOfTheOtherIpVersionIsRefusedByAFamily(boolean ipv4) {
    ByteBuf field = Unpooled.wrappedBuffer(new byte[] {8, 10});
    PackedPrefixes prefixes = PackedPrefixes.decode(field, ipv4);
    AddressFamily other = ipv4 ? AddressFamily.IPV6_UNICAST : AddressFamily.IPV4_UNICAST;
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                NlriCodecs.UNICAST.encode(other, prefixes, Unpooled.buffer(), CodecContext.INITIAL))
        .withMessageContaining("is no prefix of " + other);
  }
}
