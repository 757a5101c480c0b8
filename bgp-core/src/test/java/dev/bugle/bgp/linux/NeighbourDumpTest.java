package dev.bugle.bgp.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the kernel answers, written as on a little-endian machine. */
class NeighbourDumpTest {

  /** fe80::2 on interface 5, STALE, a router: header, ndmsg, NDA_DST, NDA_LLADDR (padded). */
  private static final String ROUTER =
      "40000000 1c00 0200 00000000 00000000"
          + "0a 00 0000 05000000 0400 80 01"
          + "1400 0100 fe800000000000000000000000000002"
          + "0a00 0200 de8ca4a9d8360000"
          + "00000000"; // an attribute without type and length, which ends the list

  /** fe80::3 on interface 6, FAILED, no router. */
  private static final String FAILED =
      "30000000 1c00 0200 00000000 00000000"
          + "0a 00 0000 06000000 2000 00 01"
          + "1400 0100 fe800000000000000000000000000003";

  private static final String DONE = "14000000 0300 0200 00000000 00000000 00000000";

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static ByteBuffer buffer(byte[] octets) {
    return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static NeighbourDump decode(String hex) {
    return NeighbourDump.decode(buffer(octets(hex)));
  }

  private static InetAddress address(String hex) {
    try {
      return InetAddress.getByAddress(octets(hex));
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static final Neighbour THE_ROUTER =
      new Neighbour(5, address("fe800000000000000000000000000002"), true, true);

  @Test
  void theEntriesOfADatagramAreRead() {
    NeighbourDump dump = decode(ROUTER + FAILED);
    assertThat(dump.neighbours())
        .containsExactly(
            THE_ROUTER,
            new Neighbour(6, address("fe800000000000000000000000000003"), false, false));
    assertThat(dump.isLast()).isFalse();
  }

  @Test
  void theEndIsSeen() {
    assertThat(decode(ROUTER + DONE))
        .isEqualTo(new NeighbourDump(java.util.List.of(THE_ROUTER), true));
    assertThat(decode(DONE).isLast()).isTrue();
    String error = "24000000 0200 0000 00000000 00000000 ffffffff 00000000000000000000000000000000";
    assertThat(decode(error).isLast()).isTrue();
  }

  @Test
  void messagesOfOtherTypesAndEntriesWithoutAnAddressAreLeftOut() {
    assertThat(decode(ROUTER.replace("1c00", "1400")).neighbours()).isEmpty();
    assertThat(decode(ROUTER.replace("1400 0100", "1400 0900")).neighbours()).isEmpty();
    String odd =
        "24000000 1c00 0200 00000000 00000000 0a000000 05000000 04008001 0800 0100 01020304";
    assertThat(decode(odd).neighbours()).hasSize(1);
    assertThat(decode(odd.replace("0800 0100", "0700 0100")).neighbours()).isEmpty();
    assertThat(decode(odd.replace("0800 0100", "0300 0100")).neighbours()).isEmpty();
    assertThat(decode(odd.replace("0800 0100", "0900 0100")).neighbours()).isEmpty();
  }

  @Test
  void truncatedAtEveryOctetItIsNeverReadBeyondItsEnd() {
    byte[] whole = octets(ROUTER + FAILED);
    for (int length = 0; length < whole.length; length++) {
      NeighbourDump dump = NeighbourDump.decode(buffer(whole).limit(length));
      assertThat(dump.neighbours()).as("the first %d octets", length).hasSize(length < 64 ? 0 : 1);
      assertThat(dump.isLast()).isEqualTo(length != 0 && length != 64);
    }
  }

  @Test
  void wrongLengthsEndTheReading() {
    for (String length :
        new String[] {"00000000", "0f000000", "41000000", "ffffff7f", "ffffffff"}) {
      NeighbourDump dump = decode(length + ROUTER.substring(8));
      assertThat(dump.neighbours()).as(length).isEmpty();
      assertThat(dump.isLast()).isTrue();
    }
  }

  @Test
  void whateverArrivesNothingIsThrown() {
    Random random = new Random(11);
    byte[] whole = octets(ROUTER + FAILED + DONE);
    for (int run = 0; run < 50_000; run++) {
      byte[] mutilated = whole.clone();
      for (int i = 0; i < 3; i++) {
        mutilated[random.nextInt(mutilated.length)] = (byte) random.nextInt(256);
      }
      assertThat(NeighbourDump.decode(buffer(mutilated)).neighbours()).hasSizeLessThanOrEqualTo(3);
    }
  }
}
