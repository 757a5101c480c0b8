package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bugle.bgp.KeySource;
import dev.bugle.bgp.PeerTransport;
import dev.bugle.bgp.TcpAo;
import dev.bugle.bgp.TcpMd5;
import dev.bugle.bgp.TtlRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the file says of a peer's TCP connection. */
class PeerTransportConfigTest {

  private static final String SECRET = "sesame-open";

  private static String document(String keys) {
    return """
    speaker: {local-as: 65001, router-id: 192.0.2.1}
    vips: [{prefix: 203.0.113.10/32, leadership: always}]
    peers:
      - address: 192.0.2.254
        remote-as: 65000
    """
        + keys.indent(4);
  }

  private static PeerTransport read(String keys) throws InvalidConfigException {
    return ConfigFile.parse("b.yaml", document(keys)).peers().get(0).bgp().transport();
  }

  private static List<String> faults(String keys) {
    InvalidConfigException refused =
        catchThrowableOfType(InvalidConfigException.class, () -> read(keys));
    assertThat(refused).as(keys).isNotNull();
    return refused.faults().stream().map(Object::toString).toList();
  }

  @Test
  void withoutAnyKeyThereIsNothingButTheTtl() throws InvalidConfigException {
    assertThat(read("")).isEqualTo(PeerTransport.DEFAULT);
  }

  @Test
  void aPasswordIsInAFileAndNowhereElse() throws InvalidConfigException {
    assertThat(faults("password: " + SECRET))
        .containsExactly(
            "b.yaml:6: peers[0].password: a secret is not written here, where others would see it;"
                + " put it into a file, and write {file: /run/secrets/top-of-rack}, with the path"
                + " of yours");
    assertThat(read("password: {file: /run/secrets/router}").authentication())
        .contains(TcpMd5.ofFile(Path.of("/run/secrets/router")));
  }

  @Test
  void tcpAoHasItsKeyInAFile() throws InvalidConfigException {
    KeySource source = KeySource.ofFile(Path.of("/run/k"));
    assertThat(read("tcp-ao: {send-id: 1, receive-id: 2, key-file: /run/k}").authentication())
        .contains(new TcpAo(1, 2, TcpAo.Algorithm.HMAC_SHA1, source));
    assertThat(
            read("tcp-ao: {send-id: 0, receive-id: 255, key-file: /run/k, algorithm:"
                    + " aes-128-cmac}")
                .authentication())
        .contains(new TcpAo(0, 255, TcpAo.Algorithm.AES_128_CMAC, source));
  }

  @Test
  void theDistanceIsChosenInOneWay() throws InvalidConfigException {
    assertThat(read("multihop: 3").ttl()).isEqualTo(new TtlRule.Multihop(3));
    assertThat(read("ttl-security-hops: 1").ttl()).isEqualTo(new TtlRule.Security(1));
    assertThat(faults("multihop: 3\nttl-security-hops: 1"))
        .containsExactly(
            "b.yaml:6: peers[0].multihop: found beside ttl-security-hops; remove one of them: TTL"
                + " security lets the router be that many hops away, too");
  }

  @Test
  void aConnectionIsSignedInOneWay() {
    assertThat(faults("password: {file: x}\ntcp-ao: {send-id: 1, receive-id: 2, key-file: /run/k}"))
        .containsExactly(
            "b.yaml:6: peers[0].password: found beside tcp-ao; remove one of them: a connection is"
                + " signed in one way");
  }

  @Test
  void theInterfaceIsNamed() throws InvalidConfigException {
    assertThat(read("interface: eth0").interfaceName()).contains("eth0");
  }

  @Test
  void noMessageHasAnythingOfAPassword() {
    for (String keys :
        List.of(
            "password: " + SECRET.repeat(10),
            "password: [" + SECRET + "]",
            "password: {file: {a: " + SECRET + "}}",
            "password: \"" + SECRET,
            "password: " + SECRET + ": " + SECRET,
            "password: {" + SECRET,
            "password: {" + SECRET + "}",
            "password: {file: /run/k, " + SECRET + "}",
            "password: x" + SECRET + "\nmultihop: 1")) {
      assertThat(faults(keys)).isNotEmpty().noneMatch(fault -> fault.contains(SECRET));
    }
  }
}
