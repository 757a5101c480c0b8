package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages of BMP, as Wireshark's dissector reads them. Skipped where {@code tshark} is not
 * installed, unless {@code BUGLE_REQUIRE_PEERS=1}.
 */
class BmpJudgeTest {

  /**
   * Types that we made up, an Initiation without the TLVs that RFC 7854 §4.3 wants, and TLVs behind
   * the OPENs, which this version takes for BGP.
   */
  private static final String NOT_FOR_IT =
      "BMP type.*|.*, 99: .*|Initiation \\[\\]|Peer Up .*, \\[3: .*";

  @TempDir private Path directory;

  @Test
  void vectorsAreNotMalformedAndAreWhatTheySay() throws Exception {
    List<WireVector> vectors =
        WireVector.read("../../bmp/vectors/bmp.txt").stream()
            .filter(vector -> !vector.text().matches(NOT_FOR_IT))
            .toList();
    Path capture = directory.resolve("bmp.pcap");
    Capture.write(capture, vectors.stream().map(WireVector::octets).toList());
    File output = directory.resolve("fields.txt").toFile();
    Process tshark;
    try {
      tshark =
          new ProcessBuilder(
                  List.of(
                      "tshark",
                      "-n",
                      "-r",
                      capture.toString(),
                      "-d",
                      "tcp.port==179,bmp",
                      "-T",
                      "fields",
                      "-e",
                      "bmp.type",
                      "-e",
                      "_ws.malformed",
                      "-E",
                      "occurrence=a"))
              .redirectOutput(output)
              .redirectError(directory.resolve("errors.txt").toFile())
              .start();
    } catch (IOException notInstalled) {
      assertThat(System.getenv("BUGLE_REQUIRE_PEERS"))
          .as("tshark runs; install it with apt-get install tshark")
          .isNotEqualTo("1");
      assumeTrue(false, "tshark is not installed; apt-get install tshark");
      return;
    }
    assertThat(tshark.waitFor(60, TimeUnit.SECONDS)).as("tshark ends").isTrue();
    List<String> rows = Files.readAllLines(output.toPath());
    assertThat(rows).as(Files.readString(directory.resolve("errors.txt"))).hasSameSizeAs(vectors);
    for (int i = 0; i < rows.size(); i++) {
      int type = vectors.get(i).octets()[5];
      assertThat(rows.get(i).strip()).as(vectors.get(i).name()).isEqualTo(String.valueOf(type));
    }
  }
}
