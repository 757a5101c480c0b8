package dev.bugle.bgp.ls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Octets and texts, both ways; and octets that are wrong in every way. */
class VectorsTest {

  static Stream<LinkStateVector> all() {
    return LinkStateVector.all().stream();
  }

  static Stream<LinkStateVector> valid() {
    return all().filter(vector -> !vector.isFault());
  }

  static Stream<LinkStateVector> nlri() {
    return valid().filter(LinkStateVector::isNlri);
  }

  static Stream<LinkStateVector> malformedNlri() {
    return all().filter(LinkStateVector::isFault).filter(LinkStateVector::isNlri);
  }

  static Stream<LinkStateVector> malformedAttributes() {
    return all().filter(LinkStateVector::isFault).filter(vector -> !vector.isNlri());
  }

  @ParameterizedTest
  @MethodSource("valid")
  void octetsDecodeToTheText(LinkStateVector vector) {
    assertThat(vector.decode(vector.octets())).hasToString(vector.text());
  }

  @ParameterizedTest
  @MethodSource("valid")
  void whatWasDecodedEncodesToTheSameOctets(LinkStateVector vector) {
    assertThat(LinkStateVector.encode(vector.decode(vector.octets()))).isEqualTo(vector.octets());
  }

  @ParameterizedTest
  @MethodSource("nlri")
  void theTextOfAnNlriIsParsed(LinkStateVector vector) {
    assertThat(LinkStateNlri.parse(vector.text())).hasToString(vector.text());
    if (!vector.name().contains("reserved")) { // bits that the text does not show
      assertThat(LinkStateNlri.parse(vector.text())).isEqualTo(vector.decode(vector.octets()));
    }
  }

  @ParameterizedTest
  @MethodSource("malformedNlri")
  void aMalformedNlriIsSkippedAndKept(LinkStateVector vector) { // RFC 9552 §8.2.2
    LinkStateNlri nlri = (LinkStateNlri) vector.decode(vector.octets());
    assertThat(nlri.toString()).startsWith("malformed nlri-type ").contains(vector.error());
    assertThat(nlri.isDiscarded()).isTrue();
    assertThat(LinkStateVector.encode(nlri)).isEqualTo(vector.octets());
  }

  @ParameterizedTest
  @MethodSource("malformedAttributes")
  void aMalformedAttributeIsAFault(LinkStateVector vector) { // RFC 9552 §8.2.2
    assertThatThrownBy(() -> vector.decode(vector.octets()))
        .isInstanceOfSatisfying(
            BgpException.class, fault -> assertThat(fault.found()).contains(vector.error()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void shortenedAtEveryOctetTheyAreReadOrAFault(LinkStateVector vector) {
    byte[] octets = vector.octets().toArray();
    for (int length = vector.isNlri() ? 1 : 0; length < octets.length; length++) {
      byte[] shorter = Arrays.copyOf(octets, length);
      readOrFault(vector, Bytes.of(shorter), "cut at " + length);
      if (vector.isNlri() && length >= 4) { // and where its own length says so
        shorter[2] = (byte) ((length - 4) >> 8);
        shorter[3] = (byte) (length - 4);
        assertThat(readOrFault(vector, Bytes.of(shorter), "ends at " + length)).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void withEveryOctetWrongTheyAreReadOrAFault(LinkStateVector vector) {
    byte[] octets = vector.octets().toArray();
    for (int at = 0; at < octets.length; at++) {
      for (int wrong : new int[] {0, 1, 0x7F, 0x80, 0xFF, octets[at] - 1, octets[at] + 1}) {
        byte[] changed = octets.clone();
        changed[at] = (byte) wrong;
        readOrFault(vector, Bytes.of(changed), "octet " + at + " is " + wrong);
      }
    }
  }

  @Test
  void randomOctetsAreReadOrAFault() {
    LinkStateVector[] vectors = all().toArray(LinkStateVector[]::new);
    for (long seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      LinkStateVector vector = vectors[random.nextInt(vectors.length)];
      byte[] octets = vector.octets().toArray();
      if (vector.isNlri() && random.nextInt(4) == 0) {
        octets = Arrays.copyOf(octets, octets.length + random.nextInt(8));
      }
      for (int flips = 1 + random.nextInt(5); flips > 0 && octets.length > 0; flips--) {
        octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
      }
      if (octets.length > 0) {
        readOrFault(vector, Bytes.of(octets), "seed " + seed);
      }
    }
  }

  /** What is read is written again as it was; nothing but the typed fault is thrown. */
  private static Object readOrFault(LinkStateVector vector, Bytes octets, String how) {
    try {
      Object value = vector.decode(octets);
      assertThat(value.toString()).as(how).isNotNull();
      Bytes written = LinkStateVector.encode(value);
      assertThat(octets.toString()).as(how).startsWith(written.toString());
      return value;
    } catch (BgpException fault) {
      assertThat(fault.found()).as(how).isNotBlank();
      return null;
    } catch (RuntimeException other) {
      throw new AssertionError(vector + ", " + how + ": " + octets, other);
    }
  }
}
