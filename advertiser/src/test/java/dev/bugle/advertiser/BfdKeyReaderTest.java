package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.config.BfdKeyFiles;
import dev.bugle.advertiser.config.PeerBfd;
import dev.bugle.bfd.BfdSessionConfig;
import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BfdKeyReaderTest {

  private static final BfdSessionConfig SESSION = BfdSessionConfig.singleHop("192.0.2.254").build();

  @TempDir private Path dir;

  private static Optional<Keys> keys(Path file) {
    BfdKeyFiles files = new BfdKeyFiles(AuthenticationType.KEYED_MD5, 1, Map.of(1, file));
    return BfdKeyReader.withKeys(new PeerBfd(SESSION, Optional.of(files))).keys();
  }

  private Optional<Keys> keys(String content) throws IOException {
    return keys(Files.writeString(dir.resolve("bfd.key"), content));
  }

  private void assertRefused(Path file, String cause) {
    assertThatThrownBy(() -> keys(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("BFD key 1 in " + file + ": " + cause);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hush", "hush\n", "hush\r\n"})
  void oneLineEndDoesNotCount(String content) throws IOException {
    assertThat(keys(content)).contains(Keys.of(AuthenticationType.KEYED_MD5, 1, Secret.of("hush")));
  }

  @Test
  void theLongestKeyHasSixteenOctets() throws IOException {
    assertThat(keys("0123456789abcdef\r\n")).isPresent();
    assertThatThrownBy(() -> keys("0123456789abcdef\n\n"))
        .hasMessageEndingWith("it has more than the 16 octets that a key may have");
    assertThatThrownBy(() -> keys("0123456789abcdefg"))
        .hasMessageNotContainingAny("0123", "cdef")
        .hasMessageEndingWith("it has more than the 16 octets that a key may have");
  }

  @Test
  void aFileThatHasNoKeyIsNamed() throws IOException {
    assertRefused(dir.resolve("none"), "there is no such file");
    assertRefused(dir, "it cannot be read");
    assertRefused(Files.writeString(dir.resolve("a"), ""), "it is empty");
    assertRefused(Files.writeString(dir.resolve("b"), "\n"), "it is empty");
  }

  @Test
  void aSessionWithoutKeysStaysSo() {
    assertThat(BfdKeyReader.withKeys(new PeerBfd(SESSION, Optional.empty()))).isEqualTo(SESSION);
  }
}
