package dev.bugle.bfd.linux;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A socket address as the kernel reads it: {@code sockaddr_in} or {@code sockaddr_in6}. */
public final class Sockaddr {

  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int IPV4_LENGTH = 16;
  static final int IPV6_LENGTH = 28;

  private static final int PORT = 2;
  private static final int IPV4_ADDRESS = 4;
  private static final int IPV6_ADDRESS = 8;
  private static final int IPV6_SCOPE = 24;

  private final NativeMemory memory;
  private final int length;
  private final int scope;

  private Sockaddr(NativeMemory memory, int length, int scope) {
    this.memory = memory;
    this.length = length;
    this.scope = scope;
  }

  /**
   * An address and a port.
   *
   * @param scope the index of the interface of a link-local IPv6 address; 0 for any
   */
  public static Sockaddr of(Kernel kernel, InetAddress address, int port, int scope) {
    boolean ipv4 = address instanceof Inet4Address;
    NativeMemory memory = kernel.memory(IPV6_LENGTH);
    ByteBuffer bytes = memory.bytes();
    bytes.putShort(0, (short) (ipv4 ? AF_INET : AF_INET6));
    byte[] octets = address.getAddress();
    int start = ipv4 ? IPV4_ADDRESS : IPV6_ADDRESS;
    for (int i = 0; i < octets.length; i++) {
      bytes.put(start + i, octets[i]);
    }
    if (!ipv4) {
      bytes.putInt(IPV6_SCOPE, scope);
    }
    Sockaddr made = new Sockaddr(memory, ipv4 ? IPV4_LENGTH : IPV6_LENGTH, scope);
    made.port(port);
    return made;
  }

  /** Puts in another port. */
  void port(int port) {
    memory.bytes().put(PORT, (byte) (port >>> 8)).put(PORT + 1, (byte) port);
  }

  /** The port in an address that the kernel has written. */
  static int portOf(ByteBuffer bytes, int start) {
    return Short.toUnsignedInt(bigEndianShort(bytes, start + PORT));
  }

  private static short bigEndianShort(ByteBuffer bytes, int index) {
    short read = bytes.getShort(index);
    return bytes.order() == ByteOrder.BIG_ENDIAN ? read : Short.reverseBytes(read);
  }

  /** The index of the interface that it was made with; 0 for any. */
  public int scope() {
    return scope;
  }

  NativeMemory memory() {
    return memory;
  }

  int length() {
    return length;
  }
}
