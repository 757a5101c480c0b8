package dev.bugle.bfd.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Control packets as octets and as texts, both ways; and those that are discarded. */
class VectorsTest {

  static List<Vector> good() {
    return Stream.of("packets.txt", "authentication.txt")
        .flatMap(f -> Vector.read(f).stream())
        .toList();
  }

  static List<Vector> signed() {
    return Vector.read("authentication.txt");
  }

  static List<Vector> discarded() {
    return Vector.read("discarded.txt");
  }

  @ParameterizedTest
  @MethodSource("good")
  void octetsAreReadToTheTextAndConsumedWhole(Vector vector) {
    ByteBuf datagram = vector.buffer();
    assertThat(ControlPacketCodec.fault(datagram)).isEmpty();
    assertThat(datagram.readerIndex()).as("looking reads nothing").isZero();
    assertThat(Vector.text(ControlPacketCodec.decode(datagram)))
        .isEqualTo(vector.fields().get("text"));
    assertThat(datagram.isReadable()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("good")
  void theTextIsWrittenToTheOctets(Vector vector) {
    assertThat(Vector.hex(Vector.parse(vector.fields().get("text")))).isEqualTo(vector.written());
  }

  @ParameterizedTest
  @MethodSource("good")
  void aPacketThatIsCutAnywhereIsDiscarded(Vector vector) {
    byte[] octets = vector.octets();
    int length = octets[3] & 0xff;
    for (int end = 0; end < length; end++) {
      assertThat(ControlPacketCodec.fault(Unpooled.wrappedBuffer(octets, 0, end)))
          .as("cut to " + end)
          .contains(DropReason.BAD_LENGTH);
    }
  }

  @ParameterizedTest
  @MethodSource("good")
  void aPacketIsFoundWhereverTheReaderIs(Vector vector) {
    ByteBuf datagram = Unpooled.buffer().writeZero(7).writeBytes(vector.octets()).skipBytes(7);
    assertThat(ControlPacketCodec.fault(datagram)).isEmpty();
    assertThat(Vector.text(ControlPacketCodec.decode(datagram)))
        .isEqualTo(vector.fields().get("text"));
  }

  @ParameterizedTest
  @MethodSource("discarded")
  void aMalformedPacketIsDiscardedWithItsReason(Vector vector) {
    assertThat(ControlPacketCodec.fault(vector.buffer()))
        .contains(DropReason.valueOf(vector.fields().get("drop")));
  }

  @ParameterizedTest
  @MethodSource("signed")
  void ourSignatureIsTheOneThatWasComputedElsewhere(Vector vector) {
    ControlPacket packet = Vector.parse(vector.fields().get("text"));
    Keys keys = keys(vector);
    int sequenceNumber = packet.authentication().orElseThrow().sequenceNumber();
    ControlPacket signed = keys.sign(packet.withAuthentication(Optional.empty()), sequenceNumber);
    assertThat(Vector.hex(signed)).isEqualTo(vector.written());
    assertThat(keys.accepts(packet)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("signed")
  void noOctetOfASignedPacketCanBeChanged(Vector vector) {
    Keys keys = keys(vector);
    if (!keys.type().isDigest()) {
      return; // a password protects itself only
    }
    for (int at = 0; at < vector.octets().length; at++) {
      for (int bit = 1; bit < 0x100; bit <<= 1) {
        byte[] octets = vector.octets();
        octets[at] ^= (byte) bit;
        ByteBuf datagram = Unpooled.wrappedBuffer(octets);
        boolean isReserved = at == 27; // ignored on receipt, and we do not sign what is in it
        if (!isReserved && ControlPacketCodec.fault(datagram).isEmpty()) {
          assertThat(keys.accepts(ControlPacketCodec.decode(datagram)))
              .as("octet " + at + " bit " + bit)
              .isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("signed")
  void anotherKeyAnotherIdOrAnotherTypeIsNotAccepted(Vector vector) {
    ControlPacket packet = Vector.parse(vector.fields().get("text"));
    AuthenticationSection section = packet.authentication().orElseThrow();
    Secret secret = keys(vector).keys().values().iterator().next();
    assertThat(Keys.of(section.type(), section.keyId(), Secret.of("other")).accepts(packet))
        .isFalse();
    assertThat(Keys.of(section.type(), (section.keyId() + 1) & 0xff, secret).accepts(packet))
        .isFalse();
    Arrays.stream(AuthenticationType.values())
        .filter(type -> type != section.type() && secret.length() <= type.keyLength())
        .forEach(
            type -> assertThat(Keys.of(type, section.keyId(), secret).accepts(packet)).isFalse());
    assertThat(keys(vector).accepts(packet.withAuthentication(Optional.empty()))).isFalse();
  }

  @Test
  void anyKeyIsAcceptedAndOneSigns() {
    ControlPacket packet = Vector.parse(good().get(0).fields().get("text"));
    Map<Integer, Secret> secrets = Map.of(1, Secret.of("old"), 2, Secret.of("new"));
    Keys before = new Keys(AuthenticationType.KEYED_SHA1, secrets, 1);
    Keys after = new Keys(AuthenticationType.KEYED_SHA1, secrets, 2);
    assertThat(after.accepts(before.sign(packet, 7))).isTrue();
    assertThat(before.accepts(after.sign(packet, 7))).isTrue();
    assertThat(before.sign(packet, 7).authentication().orElseThrow().keyId()).isEqualTo(1);
    assertThat(after.sign(packet, 7).authentication().orElseThrow().keyId()).isEqualTo(2);
  }

  @Test
  void noTextShowsASecret() {
    Keys keys = Keys.of(AuthenticationType.SIMPLE_PASSWORD, 1, Secret.of("swordfish"));
    ControlPacket packet = Vector.parse(good().get(0).fields().get("text"));
    assertThat(keys.toString() + keys.sign(packet, 0)).doesNotContain("swordfish");
  }

  @Test
  void keysThatCannotBeAreRefused() {
    Secret secret = Secret.of("12345678901234567"); // 17 octets
    assertThatThrownBy(() -> Keys.of(AuthenticationType.KEYED_MD5, 1, secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key 1 has 17 octets; KEYED_MD5 takes at most 16");
    assertThatThrownBy(() -> Keys.of(AuthenticationType.KEYED_SHA1, 256, secret))
        .hasMessageContaining("256");
    assertThatThrownBy(() -> new Keys(AuthenticationType.KEYED_SHA1, Map.of(1, secret), 2))
        .hasMessage("there is no key with the id 2");
    assertThatThrownBy(() -> Secret.of("")).hasMessageContaining("has 0");
    assertThatThrownBy(() -> Secret.of(new byte[21])).hasMessageContaining("has 21");
  }

  private static Keys keys(Vector vector) {
    AuthenticationSection section =
        Vector.parse(vector.fields().get("text")).authentication().orElseThrow();
    byte[] secret = HexFormat.of().parseHex(vector.fields().get("key"));
    return Keys.of(section.type(), section.keyId(), Secret.of(secret));
  }
}
