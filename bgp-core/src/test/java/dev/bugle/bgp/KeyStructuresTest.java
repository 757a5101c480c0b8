package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The layout of what the kernel is given. The offsets are what a C compiler says of the structures
 * of linux/tcp.h, on x86-64; they are the same wherever an int has four octets.
 */
class KeyStructuresTest {

  private static final TcpKey KEY = TcpKey.of("secret");

  private static ByteBuffer structure(ByteBuffer buffer) {
    assertThat(buffer.position()).isZero();
    assertThat(buffer.order()).isEqualTo(ByteOrder.nativeOrder());
    return buffer;
  }

  private static String hex(ByteBuffer buffer, int offset, int length) {
    StringBuilder hex = new StringBuilder();
    for (int i = offset; i < offset + length; i++) {
      hex.append(String.format("%02x", buffer.get(i)));
    }
    return hex.toString();
  }

  private static String text(ByteBuffer buffer, int offset, int length) {
    byte[] octets = new byte[length];
    buffer.get(offset, octets);
    return new String(octets, StandardCharsets.US_ASCII);
  }

  private static void isZero(ByteBuffer buffer, int from, int to) {
    assertThat(hex(buffer, from, to - from)).matches("0*");
  }

  /** The address, behind the family; port, flow label and scope are 0. */
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, false, 2, 4, c0000201",
    "192.0.2.1, true, 10, 8, 00000000000000000000ffffc0000201",
    "2001:db8::1, true, 10, 8, 20010db8000000000000000000000001"
  })
  void theAddressHasTheFamilyOfTheSocket(
      String peer, boolean socketIsIpv6, int family, int offset, String octets) {
    ByteBuffer md5 = structure(new KeyStructures(host(peer), socketIsIpv6).md5(KEY));
    assertThat(md5.getShort(0)).isEqualTo((short) family);
    isZero(md5, 2, offset);
    int length = octets.length() / 2;
    assertThat(hex(md5, offset, length)).isEqualTo(octets);
    isZero(md5, offset + length, 128);
  }

  @Test
  void tcpMd5sig() {
    KeyStructures structures = new KeyStructures(host("192.0.2.1"), true);
    ByteBuffer md5 = structure(structures.md5(KEY));
    assertThat(md5.remaining()).isEqualTo(216);
    isZero(md5, 128, 130); // tcpm_flags, tcpm_prefixlen
    assertThat(md5.getShort(130)).isEqualTo((short) 6); // tcpm_keylen
    isZero(md5, 132, 136); // tcpm_ifindex
    assertThat(text(md5, 136, 6)).isEqualTo("secret"); // tcpm_key
    isZero(md5, 142, 216);
    isZero(structure(structures.withoutMd5()), 128, 216);
  }

  @Test
  void theLongestKeyFits() {
    KeyStructures structures = new KeyStructures(host("192.0.2.1"), true);
    TcpKey longest = TcpKey.of("x".repeat(80));
    assertThat(structures.md5(longest).get(215)).isEqualTo((byte) 'x');
    TcpAo ao = new TcpAo(1, 2, TcpAo.Algorithm.HMAC_SHA1, KeySource.of(longest));
    assertThat(structures.ao(ao, longest).get(287)).isEqualTo((byte) 'x');
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 32, HMAC_SHA1, hmac(sha1)",
    "2001:db8::1, 128, AES_128_CMAC, cmac(aes128)"
  })
  void tcpAoAdd(String peer, int prefix, TcpAo.Algorithm algorithm, String name) {
    KeyStructures structures = new KeyStructures(host(peer), true);
    TcpAo ao = new TcpAo(7, 255, algorithm, KeySource.of(KEY));
    ByteBuffer add = structure(structures.ao(ao, KEY));
    assertThat(add.remaining()).isEqualTo(288);
    assertThat(text(add, 128, name.length())).isEqualTo(name); // alg_name
    isZero(add, 128 + name.length(), 202); // to its end; ifindex, set_current and others, reserved2
    assertThat(add.get(202)).isEqualTo((byte) prefix);
    assertThat(hex(add, 203, 5)).isEqualTo("07ff0c0006"); // sndid, rcvid, maclen, keyflags, keylen
    assertThat(text(add, 208, 6)).isEqualTo("secret"); // key
    isZero(add, 214, 288);
  }

  @Test
  void tcpAoDel() {
    KeyStructures structures = new KeyStructures(host("192.0.2.1"), true);
    TcpAo ao = new TcpAo(7, 255, TcpAo.Algorithm.HMAC_SHA1, KeySource.of(KEY));
    ByteBuffer del = structure(structures.withoutAo(ao));
    assertThat(del.remaining()).isEqualTo(144);
    isZero(del, 128, 138); // ifindex, set_current and others, reserved2
    assertThat(hex(del, 138, 3)).isEqualTo("2007ff"); // prefix, sndid, rcvid
    isZero(del, 141, 144); // current_key, rnext, keyflags
  }

  @Test
  void keyIdsHaveOneOctet() {
    assertThatThrownBy(() -> new TcpAo(256, 0, TcpAo.Algorithm.HMAC_SHA1, KeySource.of(KEY)))
        .hasMessage("the send id 256 of TCP-AO is not in 0 to 255");
    assertThatThrownBy(() -> new TcpAo(0, -1, TcpAo.Algorithm.HMAC_SHA1, KeySource.of(KEY)))
        .hasMessage("the receive id -1 of TCP-AO is not in 0 to 255");
  }

  private static Prefix host(String address) {
    IpAddress host = IpAddress.parse(address);
    return new Prefix(host, host.bitLength());
  }

  @Test
  void aKeyOfARangeHasTheFlagAndTheLength() {
    KeyStructures range = new KeyStructures(Prefix.parse("192.0.2.0/24"), false);
    assertThat(range.isRange()).isTrue();
    assertThat(range.md5(KEY).get(128)).isEqualTo((byte) 1);
    assertThat(range.md5(KEY).get(129)).isEqualTo((byte) 24);
    assertThat(new KeyStructures(host("192.0.2.1"), false).isRange()).isFalse();
    assertThat(new KeyStructures(host("192.0.2.1"), false).md5(KEY).get(128)).isZero();
  }
}
