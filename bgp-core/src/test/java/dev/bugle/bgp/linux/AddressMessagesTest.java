package dev.bugle.bgp.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said to rtnetlink about addresses and what it says, as on a little-endian machine. */
class AddressMessagesTest {

  /**
   * 203.0.113.10/32 on interface 1, scope host, put there by 179: header, ifaddrmsg, attributes.
   */
  private static final String V4 =
      "46000000 1400 0200 07000000 00000000"
          + "02 20 80 fe 01000000"
          + "0800 0100 cb00710a"
          + "0800 0200 cb00710a"
          + "0700 0300 6c6f 00 00" // IFA_LABEL lo
          + "0800 0800 80000000"
          + "0500 0b00 b3 000000"
          + "0600 6300 0000"; // an attribute of the future, not padded at the very end

  /** 2001:db8::10/64 on interface 5, refused by duplicate address detection. */
  private static final String V6 =
      "3c000000 1400 0200 07000000 00000000"
          + "0a 40 80 00 05000000"
          + "1400 0100 20010db8000000000000000000000010"
          + "0800 0800 88000000"
          + "0800 0600 00000000"; // too short to be lifetimes, which nobody reads

  /** 192.0.2.1 here, 192.0.2.2 at the far end, without flags of 32 bits and without a mark. */
  private static final String POINT_TO_POINT =
      "28000000 1400 0200 07000000 00000000"
          + "02 20 08 00 09000000"
          + "0800 0100 c0000202"
          + "0800 0200 c0000201";

  private static final String LO_UP =
      "28000000 1000 0200 00000000 00000000"
          + "00 00 0403 01000000 49000100 00000000"
          + "0700 0300 6c6f00 00";

  private static final String DONE = "14000000 0300 0200 00000000 00000000 00000000";

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static ByteBuffer buffer(byte[] octets) {
    return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<NetlinkMessage> decode(String hex) {
    return NetlinkMessage.decode(buffer(octets(hex)));
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static List<InterfaceAddress> addresses(String hex) {
    return decode(hex).stream().flatMap(m -> InterfaceAddress.decode(m).stream()).toList();
  }

  @Test
  void addressesAreRead() {
    assertThat(addresses(V4 + "0000" + V6 + POINT_TO_POINT + LO_UP + DONE))
        .containsExactly(
            new InterfaceAddress(1, address("203.0.113.10"), 32, 179, false),
            new InterfaceAddress(5, address("2001:db8::10"), 64, 0, true),
            new InterfaceAddress(9, address("192.0.2.1"), 32, 0, true));
  }

  @Test
  void linksAreRead() {
    assertThat(Link.decode(decode(LO_UP).get(0))).contains(new Link(1, "lo", true));
    String down = LO_UP.replace("49000100", "48000100");
    assertThat(Link.decode(decode(down).get(0))).contains(new Link(1, "lo", false));
    assertThat(Link.decode(decode(V6).get(0))).isEmpty();
    assertThat(InterfaceAddress.decode(decode(LO_UP).get(0))).isEmpty();
    String nameless = LO_UP.replace("0700 0300", "0700 0400");
    assertThat(Link.decode(decode(nameless).get(0))).isEmpty();
  }

  @Test
  void whatIsNoAddressIsLeftOut() {
    assertThat(addresses(V6.replace("1400 0100", "1400 0a00"))).isEmpty();
    String three = "1f000000 1400 0200 00000000 00000000 02200000 01000000 0700 0100 010203";
    assertThat(addresses(three)).isEmpty();
    assertThatThrownBy(() -> addresses(V4.replace("02 20 80", "02 21 80")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void truncatedAtEveryOctetNothingIsMissingUnnoticed() {
    byte[] whole = octets(V6 + LO_UP);
    for (int length = 1; length < whole.length; length++) {
      ByteBuffer part = buffer(whole).limit(length);
      if (length == 60) {
        assertThat(NetlinkMessage.decode(part)).hasSize(1);
      } else {
        assertThatThrownBy(() -> NetlinkMessage.decode(part))
            .as("the first %d octets", length)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThat(NetlinkMessage.decode(buffer(whole).limit(0))).isEmpty();
  }

  @Test
  void aMessageTruncatedAtEveryOctetIsNeverReadBeyondItsEnd() {
    byte[] whole = octets(V6);
    for (int length = 16; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      part[0] = (byte) length;
      NetlinkMessage message = NetlinkMessage.decode(buffer(part)).get(0);
      try {
        // The address ends at 44; without the flags behind it, it is not known to be refused.
        assertThat(InterfaceAddress.decode(message).isPresent())
            .as("%d octets", length)
            .isEqualTo(length >= 44);
      } catch (IllegalArgumentException unsound) {
        assertThat(length).isBetween(28, 59);
      }
    }
  }

  @Test
  void wrongLengthsAreRefused() {
    for (String length : new String[] {"00000000", "0f000000", "3d000000", "ffffffff"}) {
      assertThatThrownBy(() -> decode(length + V6.substring(8)))
          .as(length)
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String length : new String[] {"0000", "0300", "2500", "ffff"}) {
      String wrong = V6.replace("1400 0100", length + " 0100");
      assertThatThrownBy(() -> addresses(wrong))
          .as(length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whateverArrivesNothingElseIsThrown() {
    Random random = new Random(11);
    byte[] whole = octets(V6 + POINT_TO_POINT + LO_UP + refusal("IPv6 is disabled") + DONE);
    int understood = 0;
    for (int run = 0; run < 50_000; run++) {
      byte[] mutilated = whole.clone();
      for (int i = 0; i < 3; i++) {
        mutilated[random.nextInt(mutilated.length)] = (byte) random.nextInt(256);
      }
      try {
        for (NetlinkMessage message : NetlinkMessage.decode(buffer(mutilated))) {
          InterfaceAddress.decode(message);
          Link.decode(message);
          Acknowledgement.decode(message);
        }
        understood++;
      } catch (IllegalArgumentException unsound) {
        // which is what is to be thrown
      }
    }
    assertThat(understood).isBetween(1_000, 49_000);
  }

  private static String hex(ByteBuffer out) {
    byte[] written = new byte[out.position()];
    out.get(0, written);
    return HexFormat.of().formatHex(written);
  }

  private static ByteBuffer empty() {
    return ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void anIpv4AddressIsPutThereWithTheScopeOfTheHost() {
    ByteBuffer out = empty();
    InterfaceAddress.ofHost(1, address("203.0.113.10"), 179).encodeNew(out);
    assertThat(hex(out))
        .isEqualTo(
            ("02 20 00 fe 01000000"
                    + "0800 0200 cb00710a"
                    + "0800 0100 cb00710a"
                    + "0500 0b00 b3000000")
                .replace(" ", ""));
  }

  @Test
  void anIpv6AddressIsPutThereDeprecatedWithoutDetectionAndRoute() {
    ByteBuffer out = empty();
    InterfaceAddress.ofHost(5, address("2001:db8::10"), 179).encodeNew(out);
    assertThat(hex(out))
        .isEqualTo(
            ("0a 80 02 00 05000000"
                    + "1400 0200 20010db8000000000000000000000010"
                    + "1400 0100 20010db8000000000000000000000010"
                    + "0800 0800 02020000"
                    + "1400 0600 00000000 ffffffff 00000000 00000000"
                    + "0500 0b00 b3000000")
                .replace(" ", ""));
  }

  @Test
  void anAddressIsTakenAwayByItsInterfaceAndLength() {
    ByteBuffer out = empty();
    InterfaceAddress.ofHost(1, address("203.0.113.10"), 179).encodeDelete(out);
    assertThat(hex(out))
        .isEqualTo("02200000010000000800 0200 cb00710a 0800 0100 cb00710a".replace(" ", ""));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (String literal : List.of("203.0.113.10", "2001:db8::10")) {
      InterfaceAddress written = InterfaceAddress.ofHost(5, address(literal), 179);
      ByteBuffer out = empty();
      written.encodeNew(out);
      NetlinkMessage message = new NetlinkMessage(20, 0, out.flip().slice().order(out.order()));
      assertThat(InterfaceAddress.decode(message)).contains(written);
    }
  }

  /** EACCES with a text, the request not repeated behind its header. */
  private static String refusal(String text) {
    byte[] words = text.getBytes(StandardCharsets.US_ASCII);
    int value = words.length + 1;
    int padding = (4 - value % 4) % 4;
    int size = 16 + 20 + 4 + value + padding;
    return HexFormat.of().toHexDigits(Integer.reverseBytes(size))
        + "0200 0003 01000000 00000000"
        + "f3ffffff"
        + "40000000 1400 0506 01000000 00000000"
        + HexFormat.of().toHexDigits(Short.reverseBytes((short) (4 + value)))
        + "0100"
        + HexFormat.of().formatHex(words)
        + "00"
        + "00".repeat(padding);
  }

  private static List<Acknowledgement> acknowledgements(String hex) {
    List<Acknowledgement> all = new ArrayList<>();
    decode(hex).forEach(message -> Acknowledgement.decode(message).ifPresent(all::add));
    return all;
  }

  @Test
  void successAndRefusalAreTold() {
    String success =
        "24000000 0200 0001 01000000 00000000 00000000 40000000140005060100000000000000";
    assertThat(acknowledgements(success)).containsExactly(new Acknowledgement(0, ""));
    assertThat(acknowledgements(refusal("IPv6 is disabled on this device")))
        .containsExactly(new Acknowledgement(13, "IPv6 is disabled on this device"));
    assertThat(acknowledgements(DONE + V6)).isEmpty();
  }

  @Test
  void aTextBehindARequestThatIsRepeatedIsFound() {
    String request = "18000000 1400 0506 01000000 00000000 0220000001000000";
    String whole =
        "38000000 0200 0002 01000000 00000000 efffffff" + request + "0a00 0100 686f70652100 0000";
    assertThat(acknowledgements(whole)).containsExactly(new Acknowledgement(17, "hope!"));
    String beyond = whole.replace("efffffff18000000", "efffffffff000000");
    assertThatThrownBy(() -> acknowledgements(beyond)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAcknowledgementTruncatedAtEveryOctetIsRefusedOrWithoutText() {
    byte[] whole = octets(refusal("hope"));
    for (int length = 16; length < whole.length - 4; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      part[0] = (byte) length;
      NetlinkMessage message = NetlinkMessage.decode(buffer(part)).get(0);
      try {
        assertThat(Acknowledgement.decode(message)).contains(new Acknowledgement(13, ""));
        assertThat(length).isBetween(36, 39); // without the beginning of an attribute
      } catch (IllegalArgumentException unsound) {
        assertThat(length < 36 || length > 39).as("%d octets", length).isTrue();
      }
    }
  }

  @Test
  void theEndOfADumpTellsWhetherItIsWhole() {
    assertThat(Acknowledgement.ofEnd(decode(DONE).get(0)).errno()).isZero();
    String failed = "14000000 0300 0200 00000000 00000000 f4ffffff";
    assertThat(Acknowledgement.ofEnd(decode(failed).get(0)).errno()).isEqualTo(12);
    assertThat(decode("14000000 0300 1200 00000000 00000000 00000000").get(0).isInterrupted())
        .isTrue();
  }
}
