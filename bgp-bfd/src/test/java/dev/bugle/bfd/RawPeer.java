package dev.bugle.bfd;

import dev.bugle.bfd.linux.Datagrams;
import dev.bugle.bfd.linux.Kernel;
import dev.bugle.bfd.linux.NativeMemory;
import dev.bugle.bfd.linux.Poller;
import dev.bugle.bfd.linux.Sockaddr;
import dev.bugle.bfd.linux.UdpSocket;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.ControlPacket.Flags;
import dev.bugle.bfd.wire.ControlPacket.Intervals;
import dev.bugle.bfd.wire.ControlPacketCodec;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The other side of a session made of a socket only, which sends whatever a test wants. */
final class RawPeer implements AutoCloseable {

  static final int DISCRIMINATOR = 0x0A0B0C0D;

  /** A packet every ten seconds: whoever hears one is content for half a minute. */
  static final Intervals SLOW = new Intervals(10_000_000, 50_000, 0);

  private static final int LARGEST = 512;

  private final Kernel kernel = Kernel.load();
  private final UdpSocket socket;
  private final Poller poller = new Poller(kernel);
  private final Datagrams batch = new Datagrams(kernel);
  private final Queue<ControlPacket> received = new ArrayDeque<>();
  private final NativeMemory frame = kernel.memory(LARGEST);
  private final Sockaddr speaker;
  private Intervals intervals = SLOW;
  private Optional<Keys> keys = Optional.empty();
  private int sequenceNumber = 100;
  private int yours;

  private RawPeer(String own, int ownPort, String speaker, Port port) {
    InetAddress ownAddress = IpLiteral.parse(own);
    this.speaker = Sockaddr.of(kernel, IpLiteral.parse(speaker), port.number(), 0);
    this.socket = UdpSocket.open(kernel, !own.contains(":"));
    socket.sendAsControl(255);
    socket.bind(Sockaddr.of(kernel, ownAddress, ownPort, 0));
    poller.watch(socket);
  }

  /** One hop away, where the speaker can send to. */
  static RawPeer open(String own, String speaker) {
    return new RawPeer(own, Port.SINGLE_HOP.number(), speaker, Port.SINGLE_HOP);
  }

  /** Several hops away, where the speaker can send to. */
  static RawPeer multihop(String own, String speaker) {
    return new RawPeer(own, Port.MULTIHOP.number(), speaker, Port.MULTIHOP);
  }

  /** Only sends; from this address, wherever a speaker has its port there. */
  static RawPeer sender(String own, String speaker) {
    return new RawPeer(own, 0, speaker, Port.SINGLE_HOP);
  }

  RawPeer ttl(int ttl) {
    socket.sendAsControl(ttl);
    return this;
  }

  RawPeer intervals(Intervals value) {
    intervals = value;
    return this;
  }

  RawPeer keys(Keys value) {
    keys = Optional.of(value);
    return this;
  }

  /** Takes the session of the speaker to UP; returns how the speaker says so. */
  ControlPacket comeUp() {
    yours = 0;
    send(says(State.DOWN));
    learn(await("INIT", p -> p.state() == State.INIT && p.yourDiscriminator() == DISCRIMINATOR));
    send(says(State.UP));
    return await("UP", p -> p.state() == State.UP);
  }

  /** From now on this side knows the discriminator of the speaker. */
  void learn(ControlPacket packet) {
    yours = packet.myDiscriminator();
  }

  /** A packet of ours as it ought to be, signed if there is a key; the next one. */
  ControlPacket says(State state) {
    return says(state, Flags.NONE);
  }

  ControlPacket says(State state, Flags flags) {
    return sign(
        new ControlPacket(
            Diagnostic.NONE, state, flags, 3, DISCRIMINATOR, yours, intervals, Optional.empty()));
  }

  private ControlPacket sign(ControlPacket packet) {
    return keys.map(k -> k.sign(packet, sequenceNumber + 1)).orElse(packet);
  }

  static byte[] octets(ControlPacket packet) {
    ByteBuf bytes = Unpooled.buffer();
    ControlPacketCodec.encode(packet, bytes);
    return ByteBufUtil.getBytes(bytes);
  }

  void send(ControlPacket packet) {
    count(packet);
    send(octets(packet));
  }

  /** The octets of {@link #says}, whose sequence number counts as used. */
  byte[] next(State state) {
    ControlPacket packet = says(state);
    count(packet);
    return octets(packet);
  }

  private void count(ControlPacket packet) {
    boolean isNext =
        packet
            .authentication()
            .filter(section -> section.sequenceNumber() == sequenceNumber + 1)
            .isPresent();
    sequenceNumber += isNext ? 1 : 0;
  }

  void send(byte[] octets) {
    for (int i = 0; i < octets.length; i++) {
      frame.bytes().put(i, octets[i]);
    }
    int errno = socket.send(frame, octets.length, speaker);
    if (errno != 0) {
      throw new AssertionError("cannot send: " + kernel.meaning(errno));
    }
  }

  /** The same datagram again and again; for floods. */
  Repeated repeated(byte[] octets) {
    NativeMemory memory = kernel.memory(LARGEST);
    for (int i = 0; i < octets.length; i++) {
      memory.bytes().put(i, octets[i]);
    }
    return () -> socket.send(memory, octets.length, speaker) == 0;
  }

  /** Sends once more; whether the kernel has taken it. Allocates nothing. */
  interface Repeated {
    boolean send();
  }

  /** The next packet of the speaker that fits; those before it are thrown away. */
  ControlPacket await(String what, Predicate<ControlPacket> fits) {
    long end = System.nanoTime() + Deadline.LIMIT.toNanos();
    while (System.nanoTime() - end < 0) {
      for (ControlPacket next = received.poll(); next != null; next = received.poll()) {
        if (fits.test(next)) {
          return next;
        }
      }
      poller.await(TimeUnit.MILLISECONDS.toNanos(100));
      drain();
    }
    throw new AssertionError("waited in vain for a packet: " + what);
  }

  private void drain() {
    do {
      socket.receive(batch);
      for (int i = 0; i < batch.count(); i++) {
        ByteBuf datagram = batch.select(i);
        if (ControlPacketCodec.fault(datagram).isPresent()) {
          throw new AssertionError("the speaker sends " + ByteBufUtil.hexDump(datagram));
        }
        received.add(ControlPacketCodec.decode(datagram));
      }
    } while (batch.count() == Datagrams.SIZE);
  }

  @Override
  public void close() {
    socket.close();
    poller.close();
  }
}
