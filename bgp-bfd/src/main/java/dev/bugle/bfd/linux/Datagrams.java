package dev.bugle.bfd.linux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Datagrams that were received at once, with what the kernel says of each. The memory is used again
 * by the next batch. Reading allocates nothing.
 */
public final class Datagrams {

  /** How many at most. */
  public static final int SIZE = 64;

  /** Octets of a datagram that are kept; more than any BFD packet has. */
  private static final int PAYLOAD = 256;

  private static final int MSG_DONTWAIT = 0x40;
  private static final int CONTROL = 128;
  private static final int NAME = 32;
  private static final int IOVEC = 16;

  // struct mmsghdr
  private static final int HEADER = 64;
  private static final int NAME_POINTER = 0;
  private static final int NAME_LENGTH = 8;
  private static final int IOVEC_POINTER = 16;
  private static final int IOVEC_COUNT = 24;
  private static final int CONTROL_POINTER = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int MESSAGE_LENGTH = 56;

  // struct cmsghdr
  private static final int CONTROL_HEADER = 16;
  private static final int CONTROL_LEVEL = 8;
  private static final int CONTROL_TYPE = 12;

  private static final int IPPROTO_IP = 0;
  private static final int IP_TTL = 2;
  private static final int IP_PKTINFO = 8;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_PKTINFO = 50;
  private static final int IPV6_HOPLIMIT = 52;

  /** The high half of ::ffff:0:0/96 is zero, this begins the low half. */
  private static final long MAPPED_IPV4 = 0xFFFF_0000_0000L;

  private final NativeMemory headers;
  private final NativeMemory names;
  private final NativeMemory controls;

  /** Kept alive here: only the kernel refers to it. */
  @SuppressWarnings("UnusedVariable")
  private final NativeMemory iovecs;

  private final List<ByteBuf> payloads = new ArrayList<>();
  private int count;

  // Of the datagram that was selected.
  private int ttl;
  private int interfaceIndex;
  private long localHigh;
  private long localLow;
  private int selected;

  /** An empty batch. */
  public Datagrams(Kernel kernel) {
    this.headers = kernel.memory(SIZE * HEADER);
    this.names = kernel.memory(SIZE * NAME);
    this.controls = kernel.memory(SIZE * CONTROL);
    NativeMemory iovecs = kernel.memory(SIZE * IOVEC);
    for (int i = 0; i < SIZE; i++) {
      NativeMemory payload = kernel.memory(PAYLOAD);
      payloads.add(Unpooled.wrappedBuffer(payload.bytes()));
      iovecs.bytes().putLong(i * IOVEC, payload.address());
      iovecs.bytes().putLong(i * IOVEC + Long.BYTES, PAYLOAD);
      ByteBuffer header = headers.bytes();
      header.putLong(i * HEADER + NAME_POINTER, names.address() + (long) i * NAME);
      header.putLong(i * HEADER + IOVEC_POINTER, iovecs.address() + (long) i * IOVEC);
      header.putLong(i * HEADER + IOVEC_COUNT, 1);
      header.putLong(i * HEADER + CONTROL_POINTER, controls.address() + (long) i * CONTROL);
    }
    this.iovecs = iovecs;
    this.count = SIZE;
    prepare();
    this.count = 0;
  }

  /** Where the kernel has written how much there is, it is told again how much room there is. */
  private void prepare() {
    for (int i = 0; i < count; i++) {
      headers.bytes().putInt(i * HEADER + NAME_LENGTH, NAME);
      headers.bytes().putLong(i * HEADER + CONTROL_LENGTH, CONTROL);
    }
  }

  /** Receives what a socket has, up to the size of the batch; nothing when that fails. */
  void receive(Kernel kernel, int fd) {
    prepare();
    int received = kernel.libc().recvmmsg(fd, headers.pointer(), SIZE, MSG_DONTWAIT, null);
    count = Math.max(0, received);
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** Looks at one of them; the other methods speak of that. Returns its octets. */
  public ByteBuf select(int index) {
    selected = index;
    ttl = -1;
    interfaceIndex = 0;
    localHigh = 0;
    localLow = 0;
    readControls();
    int length = headers.bytes().getInt(index * HEADER + MESSAGE_LENGTH);
    return payloads.get(index).setIndex(0, Math.min(length, PAYLOAD));
  }

  private void readControls() {
    ByteBuffer bytes = controls.bytes();
    int at = selected * CONTROL;
    long length = headers.bytes().getLong(selected * HEADER + CONTROL_LENGTH);
    int end = at + (int) Math.min(length, CONTROL);
    while (at + CONTROL_HEADER <= end) {
      long size = bytes.getLong(at);
      if (size < CONTROL_HEADER || at + size > end) {
        return;
      }
      int level = bytes.getInt(at + CONTROL_LEVEL);
      int type = bytes.getInt(at + CONTROL_TYPE);
      int data = at + CONTROL_HEADER;
      if (level == IPPROTO_IP && type == IP_TTL) {
        ttl = bytes.getInt(data);
      } else if (level == IPPROTO_IPV6 && type == IPV6_HOPLIMIT) {
        ttl = bytes.getInt(data);
      } else if (level == IPPROTO_IP && type == IP_PKTINFO) {
        interfaceIndex = bytes.getInt(data);
        localLow = MAPPED_IPV4 | networkInt(bytes, data + 8);
      } else if (level == IPPROTO_IPV6 && type == IPV6_PKTINFO) {
        localHigh = networkLong(bytes, data);
        localLow = networkLong(bytes, data + 8);
        interfaceIndex = bytes.getInt(data + 16);
      }
      at += (int) ((size + 7) & ~7L);
    }
  }

  /** TTL or hop limit; -1 when the kernel does not say. */
  public int ttl() {
    return ttl;
  }

  /** The interface on which it arrived; 0 when the kernel does not say. */
  public int interfaceIndex() {
    return interfaceIndex;
  }

  /** The address that it was sent to, as an IPv6 address or a mapped one: the first 64 bits. */
  public long localHigh() {
    return localHigh;
  }

  /** The last 64 bits of the same. */
  public long localLow() {
    return localLow;
  }

  /** The address that it came from, as an IPv6 address or a mapped one: the first 64 bits. */
  public long sourceHigh() {
    return isIpv4() ? 0 : networkLong(names.bytes(), selected * NAME + 8);
  }

  /** The last 64 bits of the same. */
  public long sourceLow() {
    return isIpv4()
        ? MAPPED_IPV4 | networkInt(names.bytes(), selected * NAME + 4)
        : networkLong(names.bytes(), selected * NAME + 16);
  }

  private boolean isIpv4() {
    return names.bytes().getShort(selected * NAME) == Sockaddr.AF_INET;
  }

  private static long networkInt(ByteBuffer bytes, int index) {
    return (networkShort(bytes, index) << 16) | networkShort(bytes, index + 2);
  }

  private static long networkLong(ByteBuffer bytes, int index) {
    return (networkInt(bytes, index) << 32) | networkInt(bytes, index + 4);
  }

  private static long networkShort(ByteBuffer bytes, int index) {
    return ((bytes.get(index) & 0xFFL) << 8) | (bytes.get(index + 1) & 0xFFL);
  }
}
