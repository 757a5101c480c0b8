package dev.bugle.bgp;

import dev.bugle.bgp.session.Initiator;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of one session: the one that each side opened, and those that the peer has just
 * opened and that the session's machine has yet to accept or reject. On the session's event loop.
 */
final class SessionConnections {

  private final SessionDriver driver;
  private final SpeakerEnvironment environment;
  private final PeerProtection protection;
  private final Queue<Connection> incoming = new ArrayDeque<>();
  private final Map<Initiator, Connection> connections = new EnumMap<>(Initiator.class);
  private final AtomicInteger lingering = new AtomicInteger();

  SessionConnections(
      SessionDriver driver, SpeakerEnvironment environment, PeerProtection protection) {
    this.driver = driver;
    this.environment = environment;
    this.protection = protection;
  }

  /** How many are closed but wait for the peer to have read why. */
  AtomicInteger lingering() {
    return lingering;
  }

  /** The peer has opened one, of which the machine will be told. */
  void arrived(Connection connection) {
    incoming.add(connection);
  }

  /** The one that arrived is the peer's from now on. */
  void accept() {
    connections.put(Initiator.REMOTE, incoming.remove());
  }

  /** The one that arrived is not wanted; it is the caller's to close. */
  Connection reject() {
    return incoming.remove();
  }

  Optional<Connection> of(Initiator initiator) {
    return Optional.ofNullable(connections.get(initiator));
  }

  /**
   * Opens ours.
   *
   * @param reached the peer with its address
   * @throws java.io.UncheckedIOException when the peer's interface is not there
   */
  void open(EventLoop loop, PeerConfig reached) {
    environment.connect(
        loop,
        reached,
        protection,
        channel -> {
          Connection connection = new Connection(driver, Initiator.LOCAL, channel);
          connections.put(Initiator.LOCAL, connection);
          return connection;
        });
  }

  void close(Initiator initiator) {
    Connection connection = connections.remove(initiator);
    if (connection != null) {
      connection.close();
    }
  }

  void closeAll() {
    connections.values().forEach(Connection::close);
  }

  /** All get the key that is in force. */
  void sign() {
    List.copyOf(connections.values()).forEach(this::sign);
    List.copyOf(incoming).forEach(this::sign);
  }

  private void sign(Connection connection) {
    try {
      protection.sign(connection.channel());
    } catch (ProtectionException refused) {
      connection.lost(refused.text());
      connection.channel().close();
    }
  }
}
