package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.yaml.Cursor;
import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.advertiser.config.yaml.Faults;
import dev.bugle.advertiser.config.yaml.YamlParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file says of the admin server. */
class AdminConfigTest {

  private final Faults faults = new Faults("b.yaml");

  private Optional<AdminConfig> read(String text) {
    return AdminSection.TYPE.read(
        Cursor.root(YamlParser.parse(text, faults).orElseThrow(), faults));
  }

  private List<String> messages() {
    return faults.sorted().stream().map(Fault::toString).toList();
  }

  @Test
  void whereNothingIsSaidThisHostMayAsk() {
    assertThat(read("{}")).contains(AdminConfig.DEFAULT);
    assertThat(AdminConfig.DEFAULT.listen()).hasToString("[127.0.0.1:9179]");
    assertThat(read("off")).contains(AdminConfig.OFF);
    assertThat(messages()).isEmpty();
  }

  @Test
  void allOfItCanBeSaid() {
    assertThat(
            read(
                "{listen: ['0.0.0.0:9179', '[::1]:9179', 'unix:/run/bugle/admin.sock'], token-file:"
                    + " /t, tls: {certificate-file: /c, key-file: /k}, ready-when: any-peer}"))
        .contains(
            new AdminConfig(
                List.of(
                    AdminListen.parse("0.0.0.0:9179"),
                    AdminListen.parse("[::1]:9179"),
                    AdminListen.parse("unix:/run/bugle/admin.sock")),
                Optional.of(Path.of("/t")),
                Optional.of(new AdminConfig.Tls(Path.of("/c"), Path.of("/k"))),
                false,
                ReadyWhen.ANY_PEER));
    assertThat(read("{listen: '192.0.2.1:9179', token-file: /t, plaintext: true}")).isPresent();
    assertThat(messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {listen: '0.0.0.0:9179'}                                | found listen 0.0.0.0:9179, which other hosts can reach, and no token-file, so anybody there could withdraw the VIPs; add token-file and tls, or listen on 127.0.0.1
          {listen: '[::]:9179'}                                   | found listen [::]:9179, which other hosts can reach, and no token-file
          {listen: '192.0.2.1:9179', plaintext: true}             | found listen 192.0.2.1:9179, which other hosts can reach, and no token-file
          {listen: ['127.0.0.1:1', '192.0.2.1:9179'], token-file: /t} | found listen 192.0.2.1:9179, which other hosts can reach, and no tls, so the token could be read on the way; add tls, or say plaintext: true
          {listen: '127.0.0.1'}                                   | listen: found '127.0.0.1'; expected an address and a port
          {listen: '127.0.0.1:0'}                                 | listen: found '127.0.0.1:0'; expected an address and a port
          {listen: 'localhost:9179'}                              | listen:
          {listen: 'unix:admin.sock'}                             | listen: found unix:admin.sock; expected an absolute path of at most 90 bytes
          {listen: 'unix:'}                                       | listen: found unix:; expected an absolute path
          {listen: 'unix:/'}                                      | listen: found unix:/; expected an absolute path
          {listen: []}                                            | listen: found an empty list; for no admin server write admin: off
          {listen: ['127.0.0.1:1', '127.0.0.1:1']}                | listen: found 127.0.0.1:1 twice; remove one of them
          {tls: {certificate-file: /c}}                           | tls.key-file: this key is missing
          {ready-when: any}                                       | ready-when: found 'any'; expected one of: all-peers, any-peer, decided
          {token: abc}                                            | token: unknown key
          on                                                      | found 'on'
          """)
  void aBadValueIsNamed(String section, String message) {
    assertThat(read(section)).isEmpty();
    assertThat(messages()).singleElement().asString().startsWith("b.yaml:1: " + message);
  }

  @Test
  void aSocketPathIsAsLongAsTheKernelTakes() {
    assertThat(read("{listen: 'unix:/" + "a".repeat(89) + "'}")).isPresent();
    assertThat(read("{listen: 'unix:/" + "a".repeat(90) + "'}")).isEmpty();
  }
}
