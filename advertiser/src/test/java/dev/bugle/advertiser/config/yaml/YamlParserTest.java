package dev.bugle.advertiser.config.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.yaml.YamlNode.Mapping;
import dev.bugle.advertiser.config.yaml.YamlNode.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlParserTest {

  private final Faults faults = new Faults("b.yaml");

  @Test
  void nodesRememberTheirLines() {
    YamlNode root = YamlParser.parse("a: 1\nb:\n  - x\n  - 'null'\n", faults).orElseThrow();

    Mapping mapping = (Mapping) root;
    assertThat(mapping.entries().get(0).value())
        .isEqualTo(new Scalar(new Place("b.yaml", 1), "1", true));
    assertThat(mapping.entries().get(1).place()).hasToString("b.yaml:2");
    assertThat(Cursor.root(root, faults).child("b").items().get(1).node())
        .isEqualTo(new Scalar(new Place("b.yaml", 4), "null", false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'a: &x 1'               | 1 | anchor or alias
          'a: *x'                 | 1 | anchor or alias
          'a: 1\\n---\\nb: 2'     | 2 | second YAML document
          'a:\\n\\tb: 1'          | 2 | tab in the indentation
          'a: [1, 2'              | 1 | not YAML
          'a: !!int 3'            | 1 | YAML tag
          '? [a]\\n: b'           | 1 | as a key
          'a: "x'                 | 1 | not YAML
          'a: b: c'               | 1 | not YAML
          '%YAML 3.0\\n---\\na: b'| 0 | not YAML
          """)
  void whatIsNotPlainYamlIsAFaultWithItsLine(String text, int line, String message) {
    assertThat(YamlParser.parse(text.replace("\\n", "\n").replace("\\t", "\t"), faults)).isEmpty();

    assertThat(faults.sorted()).hasSize(1);
    Fault fault = faults.sorted().get(0);
    assertThat(fault.line()).isEqualTo(line);
    assertThat(fault.message()).contains(message).doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void deepNestingIsRefused(String opening) {
    assertThat(YamlParser.parse(opening.repeat(200_000), faults)).isEmpty();
    assertThat(faults.sorted()).singleElement().asString().contains("nested deeper than 16");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n...\n"})
  void anEmptyFileIsAFault(String text) {
    YamlFile.parse(text.getBytes(UTF_8), faults)
        .ifPresent(root -> assertThat(root.found()).isEqualTo("nothing"));
    assertThat(text.startsWith("---") || faults.count() == 1).isTrue();
  }

  @Test
  void aByteThatIsNotUtf8IsAFaultWithItsLine() {
    byte[] bytes = "a: b\nc: d\n".getBytes(UTF_8);
    bytes[8] = (byte) 0xE9;

    assertThat(YamlFile.parse(bytes, faults)).isEmpty();
    assertThat(faults.sorted())
        .singleElement()
        .hasToString("b.yaml:2: found the byte 0xe9, which is not UTF-8; save the file as UTF-8");
  }

  @Test
  void aByteOrderMarkIsAccepted() {
    assertThat(YamlFile.parse("\uFEFFa: b".getBytes(UTF_8), faults)).isPresent();
  }

  @Test
  void aHugeFileIsAFault() {
    assertThat(YamlFile.parse(new byte[(1 << 20) + 1], faults)).isEmpty();
    assertThat(faults.sorted()).singleElement().asString().contains("more than 1048576 bytes");
  }

  @Test
  void aFileThatCannotBeReadIsAFault(@TempDir Path dir) throws IOException {
    YamlFile.read(dir.resolve("none.yaml"), faults);
    YamlFile.read(dir, faults);
    Path secret = Files.writeString(dir.resolve("secret.yaml"), "a: b");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    YamlFile.read(secret, faults);

    assertThat(faults.sorted()).extracting(Fault::message).first().asString().contains("no such");
    assertThat(faults.sorted().get(1).message()).contains("a directory");
    if (!Files.isReadable(secret)) { // the superuser may read everything
      assertThat(faults.sorted().get(2).message()).contains("denied");
    }
  }

  @Test
  void randomTextNeverThrows() {
    Random random = new Random(7);
    String alphabet = "ab:-[]{},&*!|>'\"%@`#?\t\n  019~\u0000\u00e9\ud83d";
    for (int run = 0; run < 20_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Faults found = new Faults("random");
      if (YamlParser.parse(text.toString(), found).isPresent()) {
        assertThat(found.count()).isZero();
      }
    }
  }
}
