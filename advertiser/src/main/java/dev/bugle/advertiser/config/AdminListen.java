package dev.bugle.advertiser.config;

import dev.bugle.bgp.wire.IpAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where the admin server listens. Its text is that of the configuration. */
public sealed interface AdminListen {

  /**
   * At an address of this host.
   *
   * @param port 0 stands for any that is free, which only tests want
   */
  record Tcp(IpAddress address, int port) implements AdminListen {

    /** Whether only this host can connect. */
    public boolean isLoopback() {
      return address.toInetAddress().isLoopbackAddress();
    }

    @Override
    public String toString() {
      return (address.isIpv4() ? address : "[" + address + "]") + ":" + port;
    }
  }

  /**
   * At a path of the file system, where the permissions of the file say who may connect: the user
   * and the group of this process.
   */
  record UnixSocket(Path path) implements AdminListen {

    /** What a {@code sockaddr_un} holds, less the name of the place where it is prepared. */
    private static final int LONGEST = 90;

    /** Checks that the kernel can take the path. */
    public UnixSocket {
      int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
      if (!path.isAbsolute() || path.getFileName() == null || length > LONGEST) {
        throw new IllegalArgumentException(
            "found unix:"
                + path
                + "; expected an absolute path of at most "
                + LONGEST
                + " bytes, such as unix:/run/bugle/admin.sock");
      }
    }

    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /**
   * Parses {@code 127.0.0.1:9179}, {@code [::1]:9179} or {@code unix:/run/bugle/admin.sock}.
   *
   * @throws IllegalArgumentException saying what was found and what would do
   */
  static AdminListen parse(String text) {
    if (text.startsWith("unix:")) {
      try {
        return new UnixSocket(Path.of(text.substring("unix:".length())));
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException("found a path with a NUL; remove it", e);
      }
    }
    BgpTypes.ListenAddress address = BgpTypes.listen(text);
    return new Tcp(address.address(), address.port());
  }
}
