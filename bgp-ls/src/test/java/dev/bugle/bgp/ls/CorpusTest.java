package dev.bugle.bgp.ls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the fuzzer found worth keeping, a line of octets for each way through the code. */
class CorpusTest {

  @Test
  void nothingInTheCorpusBreaksTheCodecs() throws IOException {
    try (InputStream in = CorpusTest.class.getResourceAsStream("corpus/link-state.txt")) {
      List<String> corpus = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(corpus).isNotEmpty();
      for (String line : corpus) {
        try {
          LinkStateFuzz.fuzzerTestOneInput(HexFormat.of().parseHex(line));
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError(line, e);
        }
      }
    }
  }
}
