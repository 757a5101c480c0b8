package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of BMP, as Wireshark's dissector reads them. */
class BmpJudgeTest {

  /**
   * Types that we made up, an Initiation without the TLVs that RFC 7854 §4.3 wants, and TLVs behind
   * the OPENs, which this version takes for BGP.
   */
  private static final String NOT_FOR_IT =
      "BMP type.*|.*, 99: .*|Initiation \\[\\]|Peer Up .*, \\[3: .*";

  @TempDir private Path directory;

  @BeforeAll
  static void tsharkIsThere() throws Exception {
    Tshark.require();
  }

  @Test
  void vectorsAreNotMalformedAndAreWhatTheySay() throws Exception {
    List<WireVector> vectors =
        WireVector.read("../../bmp/vectors/bmp.txt").stream()
            .filter(vector -> !vector.text().matches(NOT_FOR_IT))
            .toList();
    List<byte[]> messages = vectors.stream().map(WireVector::octets).toList();
    List<Map<String, String>> packets =
        new Tshark(directory, "-d", "tcp.port==179,bmp").dissect(messages, List.of("bmp.type"));
    for (int i = 0; i < packets.size(); i++) {
      assertThat(packets.get(i))
          .as(vectors.get(i).name())
          .containsEntry(Tshark.MALFORMED, "")
          .containsEntry("bmp.type", String.valueOf(messages.get(i)[5]));
    }
  }
}
