package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the fuzzer found worth keeping, a line of octets for each way through the code. */
class CorpusTest {

  @ParameterizedTest
  @EnumSource
  void nothingInTheCorpusBreaksItsTarget(FuzzTarget target) {
    List<String> corpus = WireVector.lines("../corpus/" + target.fileName());
    assertThat(corpus).isNotEmpty();
    for (String line : corpus) {
      try {
        target.run(HexFormat.of().parseHex(line));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(target + ": " + line, e);
      }
    }
  }
}
