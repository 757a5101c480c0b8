package dev.bugle.benchmarks.table;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bugle.benchmarks.Daemon;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** gobgpd, asked over gRPC. */
final class GobgpRouter implements TableContender {

  @Override
  public String name() {
    return "gobgp";
  }

  @Override
  public String description() {
    return "gobgpd";
  }

  @Override
  public Optional<String> absence(Scenario scenario) {
    return Daemon.find("gobgpd").isPresent()
        ? Optional.empty()
        : Optional.of("there is no program gobgpd; on Debian: apt-get install gobgpd");
  }

  @Override
  public Router start(Path directory, InetSocketAddress own, List<Neighbor> neighbors)
      throws IOException {
    InetSocketAddress api = Daemon.freeAddress();
    Path configuration =
        Files.writeString(
            directory.resolve("gobgpd.toml"), configuration(own.getPort(), neighbors));
    Daemon daemon =
        Daemon.start(
            directory,
            List.of(
                Daemon.find("gobgpd").orElseThrow().toString(),
                "-f",
                configuration.toString(),
                "--pprof-disable",
                "--api-hosts",
                "127.0.0.1:" + api.getPort()));
    return new Gobgp(daemon, NettyChannelBuilder.forAddress(api).usePlaintext().build());
  }

  private static String configuration(int port, List<Neighbor> neighbors) {
    String peers =
        neighbors.stream()
            .map(
                neighbor ->
                    """
                    [[neighbors]]
                      [neighbors.config]
                        neighbor-address = "%s"
                        peer-as = %d
                      [neighbors.transport.config]
                        passive-mode = true
                      [[neighbors.afi-safis]]
                        [neighbors.afi-safis.config]
                          afi-safi-name = "ipv4-unicast"
                    """
                        .formatted(neighbor.address(), neighbor.asn()))
            .collect(Collectors.joining());
    return """
    [global.config]
      as = %d
      router-id = "192.0.2.254"
      port = %d
      local-address-list = ["127.0.0.1"]
    %s\
    """
        .formatted(AS, port, peers);
  }

  private record Gobgp(Daemon process, ManagedChannel channel) implements Router {

    private static final MethodDescriptor<byte[], byte[]> LIST_PATH =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
            .setFullMethodName("apipb.GobgpApi/ListPath")
            .setRequestMarshaller(new Octets())
            .setResponseMarshaller(new Octets())
            .build();

    @Override
    public int paths(String prefix) throws IOException {
      try {
        Iterator<byte[]> replies =
            ClientCalls.blockingServerStreamingCall(
                channel, LIST_PATH, CallOptions.DEFAULT.withWaitForReady(), request(prefix));
        int paths = 0;
        while (replies.hasNext()) {
          paths += pathsOf(ByteBuffer.wrap(replies.next()));
        }
        return paths;
      } catch (StatusRuntimeException e) {
        if ("network not found".equalsIgnoreCase(e.getStatus().getDescription())) {
          return 0;
        }
        throw new IOException("gobgpd does not answer as it should: " + e, e);
      }
    }

    /** ListPathRequest in the encoding of Protocol Buffers: family 1/1, and exactly the prefix. */
    private static byte[] request(String prefix) {
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.writeBytes(new byte[] {(3 << 3) | 2, 4, 1 << 3, 1, 2 << 3, 1});
      byte length = (byte) prefix.length();
      request.writeBytes(new byte[] {(4 << 3) | 2, (byte) (length + 2), (1 << 3) | 2, length});
      request.writeBytes(prefix.getBytes(US_ASCII));
      return request.toByteArray();
    }

    /** Of a ListPathResponse, which has a destination, which has the paths as its field 2. */
    private static int pathsOf(ByteBuffer response) throws IOException {
      int paths = 0;
      while (response.hasRemaining()) {
        int field = field(response);
        if (field == 1) { // The destination, into which it goes, or the prefix within it.
          int length = varint(response);
          if (length > response.remaining()) {
            throw new IOException("gobgpd's answer is shorter than it says");
          }
          if (length < response.remaining()) {
            response.position(response.position() + length);
          }
        } else {
          int length = varint(response);
          response.position(response.position() + length);
          paths += field == 2 ? 1 : 0;
        }
      }
      return paths;
    }

    private static int field(ByteBuffer message) throws IOException {
      int tag = varint(message);
      if ((tag & 7) != 2) {
        throw new IOException("gobgpd's answer has a field of type " + (tag & 7));
      }
      return tag >> 3;
    }

    private static int varint(ByteBuffer message) {
      int value = 0;
      for (int shift = 0; ; shift += 7) {
        byte octet = message.get();
        value |= (octet & 0x7f) << shift;
        if (octet >= 0) {
          return value;
        }
      }
    }

    @Override
    public void close() {
      channel.shutdownNow();
      process.close();
    }
  }

  /** Messages are encoded by hand, so that no generated code is needed. */
  private static final class Octets implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
