package dev.bugle.advertiser.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.config.AdminConfig;
import dev.bugle.advertiser.config.AdminListen;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server at a path of the file system. */
class UnixSocketTest {

  @TempDir private Path directory;
  private Path path;
  private final Sample sample = new Sample();

  @BeforeEach
  void choosePath() {
    path = directory.resolve("admin.sock");
  }

  private AdminServer open() {
    return AdminServer.open(AdminConfig.at(new AdminListen.UnixSocket(path)), sample.content());
  }

  private String ask(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(path));
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer reply = ByteBuffer.allocate(65536);
      while (channel.read(reply) >= 0) {}
      return new String(reply.array(), 0, reply.position(), StandardCharsets.UTF_8);
    }
  }

  private static String closing(String line) {
    return line + " HTTP/1.1\r\nHost: bugle\r\nConnection: close\r\n\r\n";
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void userAndGroupMayConnectAndNobodyElse() throws IOException {
    try (AdminServer server = open()) {
      assertThat(server.places()).containsExactly(AdminListen.parse("unix:" + path));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-rw----");
      assertThat(files()).as("nothing beside it").containsExactly("admin.sock");
      assertThat(ask(closing("GET /v1/names/a"))).startsWith("HTTP/1.1 200 OK").endsWith("\n\r\na");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void whoMayOpenTheFileNeedsNoToken() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "0123456789abcdef");
    AdminConfig both =
        new AdminConfig(
            List.of(Sample.loopback().listen().get(0), new AdminListen.UnixSocket(path)),
            Optional.of(token),
            Optional.empty(),
            false);
    try (AdminServer server = AdminServer.open(both, sample.content())) {
      assertThat(Client.ask(server, "GET /v1/names/a").status()).isEqualTo(401);
      assertThat(ask(closing("GET /v1/names/a"))).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void whatADeadProcessLeftIsReplaced() throws IOException {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isTrue();
    try (AdminServer server = open()) {
      assertThat(ask(closing("GET /livez"))).endsWith("ok\n");
    }
  }

  @Test
  void whatALiveProcessHasIsNot() throws IOException {
    try (AdminServer first = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("the admin server cannot listen at unix:" + path)
          .hasMessageContaining("another bugle");
      assertThat(ask(closing("GET /livez"))).endsWith("ok\n");
    }
  }

  @Test
  void aFileThatIsNoSocketIsLeftAlone() throws IOException {
    Files.writeString(path, "precious");
    assertThatThrownBy(this::open).hasMessageContaining("a file which is no socket");
    assertThat(path).hasContent("precious");
  }

  @Test
  void aDirectoryThatIsNotThereIsNamed() {
    path = directory.resolve("none/admin.sock");
    assertThatThrownBy(this::open)
        .hasMessageContaining("the directory " + directory.resolve("none") + " is not there");
  }

  @Test
  void whatAnotherProcessPutInItsPlaceStays() throws IOException {
    try (AdminServer server = open()) {
      Files.delete(path);
      Files.writeString(path, "of another");
    }
    assertThat(path).hasContent("of another");
  }
}
