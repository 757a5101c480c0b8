package dev.bugle.benchmarks;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** GoBGP, told over gRPC to delete the path. */
final class GobgpContender implements Contender {

  @Override
  public String name() {
    return "gobgp";
  }

  @Override
  public String trigger() {
    return "gRPC call DeletePath to gobgpd";
  }

  @Override
  public Optional<String> absence() {
    return Daemon.find("gobgpd").isPresent()
        ? Optional.empty()
        : Optional.of("there is no program gobgpd; on Debian: apt-get install gobgpd");
  }

  @Override
  public Speaker start(Path directory, InetSocketAddress receiver) throws IOException {
    InetSocketAddress address = Daemon.freeAddress();
    InetSocketAddress api = Daemon.freeAddress();
    Path configuration =
        Files.writeString(directory.resolve("gobgpd.toml"), configuration(address.getPort()));
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
    return new Gobgp(daemon, api, address);
  }

  private static String configuration(int port) {
    return """
    [global.config]
      as = %d
      router-id = "192.0.2.3"
      port = %d
      local-address-list = ["127.0.0.1"]
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
        .formatted(AS, port, MeasuringPeer.ADDRESS, MeasuringPeer.AS);
  }

  private static final class Gobgp implements Speaker {

    private static final long LIMIT_SECONDS = 10;

    private static final MethodDescriptor<byte[], byte[]> ADD = method("AddPath");
    private static final MethodDescriptor<byte[], byte[]> DELETE = method("DeletePath");

    private final Daemon daemon;
    private final InetSocketAddress address;
    private final ManagedChannel channel;
    private final CallOptions options = CallOptions.DEFAULT.withWaitForReady();
    private @Nullable ListenableFuture<byte[]> reply;

    Gobgp(Daemon daemon, InetSocketAddress api, InetSocketAddress address) {
      this.daemon = daemon;
      this.address = address;
      // Without a hop to another thread, and without compression or TLS: as quick as it can be.
      this.channel = NettyChannelBuilder.forAddress(api).usePlaintext().directExecutor().build();
    }

    private static MethodDescriptor<byte[], byte[]> method(String name) {
      return MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("apipb.GobgpApi/" + name)
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();
    }

    @Override
    public Optional<InetSocketAddress> address() {
      return Optional.of(address);
    }

    @Override
    public void announce() {
      reply = ClientCalls.futureUnaryCall(channel.newCall(ADD, options), GobgpRequests.ADD_VIP);
    }

    @Override
    public void withdraw() {
      reply =
          ClientCalls.futureUnaryCall(channel.newCall(DELETE, options), GobgpRequests.DELETE_VIP);
    }

    @Override
    public void settle() throws IOException {
      if (reply == null) {
        return;
      }
      try {
        reply.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        daemon.requireAlive();
        throw new IOException("gobgpd does not answer as it should: " + e, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    @Override
    public void close() {
      channel.shutdownNow();
      daemon.close();
    }
  }

  /** Messages are encoded by hand, so that no generated code is needed. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

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
