package dev.bugle.bgp.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 4861 §6.1.2: which advertisements count. */
class RouterAdvertisementTest {

  /** From FRR, for a neighbour that is an interface: lifetime 30 s, and its hardware address. */
  private static final String FRR = "8600872e4000001e00000000000000000101de8ca4a9d836";

  private static final int INDEX = 7;

  private static Inet6Address address(String hex) {
    try {
      InetAddress made = InetAddress.getByAddress(HexFormat.of().parseHex(hex));
      return (Inet6Address) made;
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static final Inet6Address LINK_LOCAL = address("fe80000000000000dc8ca4fffea9d836");

  private static Optional<RouterAdvertisement> decode(int hopLimit, String hex) {
    return decode(hopLimit, HexFormat.of().parseHex(hex));
  }

  private static Optional<RouterAdvertisement> decode(int hopLimit, byte[] octets) {
    return RouterAdvertisement.decode(LINK_LOCAL, INDEX, hopLimit, ByteBuffer.wrap(octets));
  }

  @Test
  void theAdvertisementOfARealRouterIsRead() {
    assertThat(decode(255, FRR)).contains(new RouterAdvertisement(LINK_LOCAL, INDEX, 30));
  }

  @ParameterizedTest
  @CsvSource({
    "255, 86000000000000000000000000000000, 0",
    "255, 86000000ffffffff0000000000000000, 65535",
    "255, 860000000000000000000000000000001901000000000000, 0", // an unknown option
    "255, 8600000000000000000000000000000001010000000000001f0200000000000000000000000000000000, -1",
    "255, 8600000000000000000000000000000001020000000000001f01000000000000, 0",
    "255, 860000000000000000000000000000000100000000000000, -1", // an option without a length
    "255, 860000000000000000000000000000000102000000000000, -1", // one that is longer than the rest
    "255, 8600000000000000000000000000000001, -1",
    "255, 86010000000000000000000000000000, -1", // code 1
    "255, 85000000000000000000000000000000, -1", // a solicitation
    "255, 88000000000000000000000000000000, -1", // a Neighbor Advertisement
    "254, 86000000000000000000000000000000, -1", // has passed a router
    "-1,  86000000000000000000000000000000, -1", // the kernel does not say
    "255, '', -1",
  })
  void onlyASoundOneCounts(int hopLimit, String hex, int lifetime) {
    Optional<Integer> read = decode(hopLimit, hex).map(RouterAdvertisement::lifetime);
    assertThat(read).isEqualTo(lifetime < 0 ? Optional.empty() : Optional.of(lifetime));
  }

  @ParameterizedTest
  @CsvSource({
    "20010db8000000000000000000000001, false",
    "00000000000000000000000000000000, false",
    "fec00000000000000000000000000001, false",
    "fe800000000000000000000000000001, true",
    "febf0000000000000000000000000001, true",
  })
  void itsSourceMustBeLinkLocal(String source, boolean counts) {
    ByteBuffer message = ByteBuffer.wrap(HexFormat.of().parseHex(FRR));
    assertThat(RouterAdvertisement.decode(address(source), INDEX, 255, message).isPresent())
        .isEqualTo(counts);
  }

  @Test
  void truncatedAtEveryOctetItIsNeverReadBeyondItsEnd() {
    byte[] whole = HexFormat.of().parseHex(FRR);
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
      assertThat(RouterAdvertisement.decode(LINK_LOCAL, INDEX, 255, cut).isPresent())
          .as("the first %d octets", length)
          .isEqualTo(length == 16); // where the options begin
    }
  }

  @Test
  void whateverArrivesNothingIsThrown() {
    Random random = new Random(4861);
    for (int run = 0; run < 20_000; run++) {
      byte[] octets = new byte[random.nextInt(64)];
      random.nextBytes(octets);
      if (octets.length > 1) {
        octets[0] = (byte) 134;
        octets[1] = 0;
      }
      decode(255, octets).ifPresent(read -> assertThat(read.source()).isEqualTo(LINK_LOCAL));
    }
  }

  @Test
  void ourOwnIsSoundAndMakesNobodyUseUsAsDefaultRouter() {
    byte[] hardware = HexFormat.of().parseHex("de8ca4a9d836");
    assertThat(HexFormat.of().formatHex(RouterAdvertisement.ofNoDefaultRouter(hardware)))
        .isEqualTo("860000000000000000000000000000000101de8ca4a9d836");
    assertThat(decode(255, RouterAdvertisement.ofNoDefaultRouter(hardware)))
        .contains(new RouterAdvertisement(LINK_LOCAL, INDEX, 0));
    assertThat(RouterAdvertisement.ofNoDefaultRouter(new byte[0])).hasSize(16);
    assertThat(HexFormat.of().formatHex(RouterAdvertisement.solicitation(hardware)))
        .isEqualTo("85000000000000000101de8ca4a9d836");
    assertThat(RouterAdvertisement.solicitation(new byte[20])).hasSize(8);
  }
}
