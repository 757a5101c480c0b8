package dev.bugle.advertiser.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection to an admin server. Every wait on it has a limit. */
interface Wire extends Closeable {

  Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** What comes; waits for it no longer than the limit that it was opened with. */
  InputStream in();

  /** Sends all of it. */
  void send(byte[] octets) throws IOException;

  /**
   * Connects.
   *
   * @param silence how long nothing may come
   * @throws AdminException when TLS cannot be had, saying why
   */
  static Wire open(Access access, Duration silence) throws IOException, AdminException {
    if (access.address() instanceof AdminAddress.UnixSocket unix) {
      return unix(unix.path(), silence);
    }
    AdminAddress.Tcp tcp = (AdminAddress.Tcp) access.address();
    Socket socket = new Socket();
    try {
      InetSocketAddress address = new InetSocketAddress(tcp.host(), tcp.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException("there is no host " + tcp.host());
      }
      socket.connect(address, (int) CONNECT_LIMIT.toMillis());
      socket.setSoTimeout((int) silence.toMillis());
      return of(access.isTls() ? secure(socket, tcp, access.caFile()) : socket);
    } catch (IOException | AdminException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket secure(Socket plain, AdminAddress.Tcp tcp, Optional<Path> caFile)
      throws IOException, AdminException {
    SSLSocket socket =
        (SSLSocket)
            Authority.context(tcp, caFile)
                .getSocketFactory()
                .createSocket(plain, tcp.host(), tcp.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (SSLException e) {
      throw AdminException.unreachable(words(e, tcp));
    }
    return socket;
  }

  private static String words(SSLException failure, AdminAddress.Tcp tcp) {
    String message = String.valueOf(failure.getMessage());
    return Scrutiny.Refusal.in(failure)
        .orElse(
            message.contains("unrecognized SSL message")
                ? "what answers at "
                    + tcp
                    + " does not speak TLS; if it is bugle, it has no admin.tls: say --admin "
                    + tcp.authority()
                    + " and no --ca-file"
                : "cannot agree on TLS with " + tcp + ": " + message);
  }

  private static Wire of(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new Wire() {
      @Override
      public InputStream in() {
        return in;
      }

      @Override
      public void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
      }

      @Override
      public void close() throws IOException {
        socket.close();
      }
    };
  }

  private static Wire unix(Path path, Duration silence) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(path));
      PatientInput in = new PatientInput(channel, silence);
      return new Wire() {
        @Override
        public InputStream in() {
          return in;
        }

        @Override
        public void send(byte[] octets) throws IOException {
          ByteBuffer rest = ByteBuffer.wrap(octets);
          while (rest.hasRemaining()) { // less than the socket takes at once
            if (channel.write(rest) == 0) {
              throw new IOException("the request does not fit into the socket");
            }
          }
        }

        @Override
        public void close() throws IOException {
          in.close();
        }
      };
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
