package dev.bugle.bgp.mrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.WireVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records written by hand from the RFCs, with their text. */
class MrtVectorsTest {

  static List<WireVector> all() {
    return WireVector.read("../../mrt/vectors/mrt.txt");
  }

  @ParameterizedTest
  @MethodSource("all")
  void octetsDecodeToTheText(WireVector vector) throws IOException {
    assertThat(read(vector.octets())).hasToString(vector.text());
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatWasDecodedEncodesToTheOctets(WireVector vector) throws IOException {
    assertThat(written(read(vector.octets()))).isEqualTo(Bytes.of(vector.written()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aStreamThatEndsInsideARecordSaysSoWhereverThatIs(WireVector vector) {
    byte[] octets = vector.octets();
    for (int length = 1; length < octets.length; length++) {
      MrtReader reader = reader(Arrays.copyOf(octets, length));
      assertThatThrownBy(reader::next)
          .isInstanceOf(MalformedMrtException.class)
          .hasMessageStartingWith("the record at octet 0: ")
          .hasMessageContaining(" ends after ");
      assertThat(reader).satisfies(lost -> assertThat(lost.next()).isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aShortenedRecordIsReadWholeOrIsAFaultAndTheNextIsRead(WireVector vector) throws IOException {
    byte[] octets = vector.octets();
    for (int length = MrtRecord.HEADER_LENGTH; length < octets.length; length++) {
      ByteBuffer two = ByteBuffer.allocate(length + octets.length);
      two.put(octets, 0, length).putInt(8, length - MrtRecord.HEADER_LENGTH).put(octets);
      MrtReader reader = reader(two.array());
      try {
        assertThat(reader.next()).isPresent();
      } catch (MalformedMrtException fault) {
        assertThat(fault).hasMessageStartingWith("the record at octet 0: type ");
      }
      assertThat(reader.next().orElseThrow()).hasToString(vector.text());
      assertThat(reader.offset()).isEqualTo(length);
      assertThat(reader.next()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRecordWithOneWrongOctetIsReadOrIsAFault(WireVector vector) throws IOException {
    byte[] octets = vector.octets();
    for (int at = MrtRecord.HEADER_LENGTH; at < octets.length; at++) {
      for (int wrong : new int[] {0x00, 0x01, 0x7F, 0x80, 0xFF}) {
        byte[] changed = octets.clone();
        changed[at] = (byte) wrong;
        try {
          Optional<MrtRecord> record = reader(changed).next();
          assertThat(record).isPresent();
          assertThat(read(written(record.get()).toArray())).isNotNull();
        } catch (MalformedMrtException fault) {
          assertThat(fault).hasMessageStartingWith("the record at octet 0: ");
        }
      }
    }
  }

  private static MrtReader reader(byte[] octets) {
    return new MrtReader(new ByteArrayInputStream(octets));
  }

  private static MrtRecord read(byte[] octets) throws IOException {
    return reader(octets).next().orElseThrow();
  }

  private static Bytes written(MrtRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MrtWriter writer = new MrtWriter(out)) {
      writer.write(record);
    }
    return Bytes.of(out.toByteArray());
  }
}
