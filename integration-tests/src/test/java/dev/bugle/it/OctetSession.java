package dev.bugle.it;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A BGP session of IPv4 and IPv6 unicast that writes octets as they are given to it, and keeps what
 * the router tells it. It agrees on no hold time, so nothing has to be said to keep it.
 */
final class OctetSession implements AutoCloseable {

  /** Inside, so that a LOCAL_PREF that has no place on the session is seen. */
  static final CodecContext CONTEXT =
      CodecContext.INITIAL.withFourOctetAs(true).withExternal(false);

  private static final int HANDSHAKE_MILLIS = 5_000;

  private final String name;
  private final Socket socket;
  private final ByteBuf input = Unpooled.buffer(1 << 16);
  private final Thread reader = new Thread(this::read, "reader of a session");
  private final Map<Nlri, ToldRoute> told = new HashMap<>();
  private Optional<String> ended = Optional.empty();

  private OctetSession(String name, Socket socket) {
    this.name = name;
    this.socket = socket;
  }

  /** Tries until the router has opened a session. */
  static OctetSession open(ComparedPeer self, String address, ComparedRouter router) {
    List<OctetSession> opened = new ArrayList<>();
    Eventually.see(
        self + " has a session with " + router.name(),
        Deadlines.SESSION,
        () -> {
          try {
            opened.add(attempt(self, address, router));
            return "open";
          } catch (IOException notYet) {
            return notYet.toString();
          }
        },
        "open"::equals);
    OctetSession session = opened.get(0);
    session.reader.setDaemon(true);
    session.reader.start();
    return session;
  }

  private static OctetSession attempt(ComparedPeer self, String address, ComparedRouter router)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.bind(new InetSocketAddress(address, 0));
      socket.setSoTimeout(HANDSHAKE_MILLIS);
      socket.setTcpNoDelay(true);
      socket.connect(router.address(), HANDSHAKE_MILLIS);
      OctetSession session = new OctetSession(self + " at " + router.name(), socket);
      session.write(
          octets(
              new OpenMessage(
                  self.asn() > 0xFFFF ? Asn.AS_TRANS : (int) self.asn(),
                  0,
                  self.identifier(),
                  List.of(
                      new MultiprotocolCapability(AddressFamily.IPV4_UNICAST),
                      new MultiprotocolCapability(AddressFamily.IPV6_UNICAST),
                      new FourOctetAsCapability(self.asn())))));
      session.expect(OpenMessage.class);
      session.write(octets(KeepaliveMessage.KEEPALIVE));
      session.expect(KeepaliveMessage.class);
      socket.setSoTimeout(0);
      return session;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** A message as it is on the wire. */
  static byte[] octets(Message message) {
    ByteBuf buffer = Unpooled.buffer();
    MessageCodec.encode(message, buffer, CONTEXT);
    byte[] octets = new byte[buffer.readableBytes()];
    buffer.readBytes(octets);
    return octets;
  }

  private void expect(Class<? extends Message> type) throws IOException {
    Message message = next();
    if (!type.isInstance(message)) {
      throw new IOException(message + " where " + type.getSimpleName() + " was expected");
    }
  }

  private Message next() throws IOException {
    InputStream stream = socket.getInputStream();
    while (true) {
      Optional<Message> message = MessageCodec.decodeNext(input, CONTEXT);
      if (message.isPresent()) {
        return message.get();
      }
      input.discardReadBytes();
      byte[] octets = new byte[1 << 16];
      int count = stream.read(octets);
      if (count < 0) {
        throw new EOFException("the router closed the connection");
      }
      input.writeBytes(octets, 0, count);
    }
  }

  private void read() {
    try {
      while (true) {
        Message message = next();
        if (message instanceof UpdateMessage update) {
          take(update);
        } else if (message instanceof NotificationMessage) {
          throw new IOException(message.toString());
        }
      }
    } catch (IOException | RuntimeException e) {
      synchronized (this) {
        ended = Optional.of(e.toString());
        notifyAll();
      }
    }
  }

  private synchronized void take(UpdateMessage update) {
    if (!update.faults().isEmpty()) {
      throw new IllegalStateException("an UPDATE with a fault: " + update);
    }
    update.withdrawn().values().forEach(prefixes -> prefixes.forEach(told::remove));
    PathAttributes all = update.attributes();
    PathAttributes rest =
        all.without(NextHop.class).without(MpReach.class).without(MpUnreach.class);
    Optional<IpAddress> ipv4 = all.get(NextHop.class).map(NextHop::address);
    Optional<IpAddress> ipv6 = all.get(MpReach.class).flatMap(MpReach::nextHopAddress);
    update
        .announced()
        .forEach(
            (family, prefixes) -> {
              IpAddress nextHop = (family.isIpv4() ? ipv4 : ipv6).orElseThrow();
              prefixes.forEach(prefix -> told.put(prefix, new ToldRoute(nextHop, rest)));
            });
    notifyAll();
  }

  /** Writes messages, which have been encoded. */
  void write(byte[] octets) {
    try {
      socket.getOutputStream().write(octets);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot write: " + state(), e);
    }
  }

  private synchronized String state() {
    return ended.orElse("the router has not ended it");
  }

  /** The routes that it has been told, as they are now. */
  synchronized Map<Nlri, ToldRoute> told() {
    return Map.copyOf(told);
  }

  /** Waits until what it has been told is as wanted; fails when the router ends the session. */
  synchronized void await(String what, Predicate<Map<Nlri, ToldRoute>> wanted) {
    long end = System.nanoTime() + Deadlines.SESSION.toNanos();
    while (!wanted.test(told)) {
      long left = end - System.nanoTime();
      if (left <= 0 || ended.isPresent()) {
        throw new AssertionError(
            "%s: not seen by %s; %s; it has been told %s".formatted(what, name, state(), told));
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for: " + what, e);
      }
    }
  }

  /** Ends the connection: in good order, or so that the router's system is told of a failure. */
  void end(boolean inGoodOrder) {
    try {
      if (!inGoodOrder) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
      reader.join(Deadlines.ROUTE.toMillis());
      if (reader.isAlive()) {
        throw new AssertionError("the reader of " + name + " does not end; " + state());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end the session of " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end(true);
  }
}
