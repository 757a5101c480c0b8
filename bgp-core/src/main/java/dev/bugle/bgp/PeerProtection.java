package dev.bugle.bgp;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import io.netty.channel.Channel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what protects one peer's connections on their sockets: on those that listen, on each that we
 * open before it connects, and on each that is accepted. Thread-safe.
 *
 * <p>What cannot be applied is a {@link ProtectionException}, and then the socket must not be used.
 */
final class PeerProtection {

  private static final Logger log = LoggerFactory.getLogger(PeerProtection.class);

  private final SpeakerEnvironment environment;
  private final Prefix peers;
  private PeerConfig config; // guarded by this

  /** What is in force, with the key that the listening sockets have; guarded by this. */
  private Optional<TcpAuthentication> authentication;

  private Optional<TcpKey> key = Optional.empty();
  private boolean ended;

  PeerProtection(SpeakerEnvironment environment, PeerConfig config) {
    this(environment, config, new Prefix(config.address(), config.address().bitLength()));
  }

  private PeerProtection(SpeakerEnvironment environment, PeerConfig config, Prefix peers) {
    this.environment = environment;
    this.peers = peers;
    this.config = config;
    this.authentication = config.transport().authentication();
  }

  /**
   * For the listening sockets, of all that may connect from a range. A connection that is accepted
   * then has the key already, and the protection of the peer itself does the rest.
   */
  static PeerProtection ofRange(SpeakerEnvironment environment, DynamicPeersConfig config) {
    return new PeerProtection(environment, config.template(), config.range());
  }

  synchronized PeerConfig config() {
    return config;
  }

  /** Before the session begins: from here on, nobody connects to us for the peer without it. */
  synchronized void begin() {
    if (!environment.transport().hasSocketOptions()) {
      requireNothingNative();
      return;
    }
    Optional<TcpKey> fresh = rehearse();
    if (config.transport().ttl().leastReceived() > 0) {
      listeners().forEach(listener -> SocketOptions.of(listener).saveSyn());
    }
    listenWith(fresh);
  }

  /** Tries everything on a socket that is thrown away; returns the key that it was tried with. */
  synchronized Optional<TcpKey> rehearse() {
    if (!environment.transport().hasSocketOptions()) {
      requireNothingNative();
      return Optional.empty();
    }
    Optional<TcpKey> fresh = readKey();
    Channel rehearsal = Transport.newNativeSocket();
    try {
      protect(rehearsal, fresh);
    } finally {
      rehearsal.unsafe().closeForcibly();
    }
    return fresh;
  }

  /** What only Linux has is refused by name where it is not to be had. */
  private void requireNothingNative() {
    String missing =
        "this needs Linux, and Netty's native epoll library for its processor; add that, or remove"
            + " the option";
    authentication.ifPresent(
        asked -> {
          throw ProtectionException.cannotApply(asked.toString(), missing);
        });
    config
        .transport()
        .interfaceName()
        .ifPresent(
            name -> {
              throw ProtectionException.cannotApply("interface " + name, missing);
            });
    if (config.transport().ttl() instanceof TtlRule.Security) {
      throw ProtectionException.cannotApply("TTL security", missing);
    }
    if (config.transport().ttl() instanceof TtlRule.Multihop multihop) {
      throw ProtectionException.cannotApply("TTL " + multihop.ttl(), missing);
    }
  }

  /**
   * Protects as another configuration of the peer says, from the next connection on. When it throws
   * nothing has changed.
   */
  synchronized void change(PeerConfig changed) {
    PeerConfig before = config;
    config = changed;
    if (changed.transport().equals(before.transport())) {
      return; // the key in force may be newer than the configuration's
    }
    Optional<TcpAuthentication> authenticationBefore = authentication;
    Optional<TcpKey> keyBefore = key;
    if (!kind(changed.transport().authentication()).equals(kind(authentication))) {
      removeKey();
    }
    authentication = changed.transport().authentication();
    try {
      begin();
    } catch (RuntimeException refused) {
      config = before;
      authentication = authenticationBefore;
      listenWith(keyBefore);
      throw refused;
    }
  }

  private static Optional<Class<?>> kind(Optional<TcpAuthentication> authentication) {
    return authentication.map(Object::getClass);
  }

  private void removeKey() {
    if (key.isPresent()) {
      listeners().forEach(this::doNotSign);
      key = Optional.empty();
    }
  }

  /** After the session: the listening sockets know nothing of the peer any more. */
  synchronized void end() {
    ended = true;
    removeKey();
  }

  /** Before a socket of ours connects to the peer; the key is asked for anew. */
  synchronized void connecting(Channel channel) {
    if (environment.transport().hasSocketOptions()) {
      Optional<TcpKey> fresh = readKey();
      protect(channel, fresh);
      listenWith(fresh);
    }
  }

  /** Before anything of a connection of the peer is read. */
  synchronized void accepted(Channel channel) {
    if (environment.transport().hasSocketOptions()) {
      new Arrival(config, SocketOptions.of(channel)).check();
      protect(channel, key);
    }
  }

  /**
   * Changes the key, or asks its source again. The listening sockets have it when this returns, or
   * still have the old one when it throws.
   *
   * @throws IllegalArgumentException when the peer had another kind of authentication, or none
   */
  synchronized void authentication(TcpAuthentication value) {
    if (ended) {
      return;
    }
    if (!(value instanceof TcpMd5 && authentication.filter(TcpMd5.class::isInstance).isPresent())) {
      throw new IllegalArgumentException(
          "peer "
              + config.address()
              + " has "
              + authentication.map(TcpAuthentication::toString).orElse("no authentication")
              + ", and only the key of TCP MD5 can change while there may be a session; close the"
              + " peer and add it with "
              + value);
    }
    Optional<TcpAuthentication> before = authentication;
    authentication = Optional.of(value);
    try {
      listenWith(readKey());
    } catch (RuntimeException refused) {
      authentication = before;
      throw refused;
    }
  }

  /** Puts the key in force on a socket that may be connected; what is in flight is sent again. */
  synchronized void sign(Channel channel) {
    key.ifPresent(secret -> sign(channel, secret));
  }

  private void protect(Channel channel, Optional<TcpKey> secret) {
    SocketOptions options = SocketOptions.of(channel);
    boolean ipv4 = peers.address().isIpv4();
    TtlRule rule = config.transport().ttl();
    options.ttl(ipv4, rule.sent(config.standing(environment.config()).isExternal()));
    if (rule.leastReceived() > 0) {
      options.leastTtl(ipv4, rule.leastReceived());
    }
    config.transport().interfaceName().ifPresent(options::interfaceName);
    secret.ifPresent(present -> sign(channel, present));
  }

  private Optional<TcpKey> readKey() {
    return authentication.map(
        asked -> {
          try {
            return asked.source().key();
          } catch (RuntimeException unreadable) {
            throw ProtectionException.cannotApply(
                asked.toString(), String.valueOf(unreadable.getMessage()));
          }
        });
  }

  private void listenWith(Optional<TcpKey> fresh) {
    if (ended || fresh.equals(key)) {
      return;
    }
    try {
      listeners().forEach(listener -> fresh.ifPresent(secret -> sign(listener, secret)));
      key = fresh;
    } catch (ProtectionException refused) {
      restoreListeners();
      throw refused;
    }
  }

  /** Some may have the new key already: all get the old one, or none. */
  private void restoreListeners() {
    for (Channel listener : listeners()) {
      if (key.isPresent()) {
        sign(listener, key.get());
      } else {
        doNotSign(listener);
      }
    }
  }

  private void sign(Channel channel, TcpKey secret) {
    SocketOptions.of(channel).sign(peers, authentication.orElseThrow(), secret);
  }

  /** A socket that has no key, or is closed, is as good. */
  private void doNotSign(Channel listener) {
    try {
      SocketOptions.of(listener).doNotSign(peers, authentication.orElseThrow());
    } catch (ProtectionException hadNone) {
      log.debug("peer {}: {}", config.address(), hadNone.getMessage());
    }
  }

  /** The listening sockets that the peer could connect to. */
  private List<Channel> listeners() {
    return environment.listeners().stream().filter(this::reaches).toList();
  }

  private boolean reaches(Channel listener) {
    if (!(listener.localAddress() instanceof InetSocketAddress bound)) {
      return false; // closed
    }
    InetAddress address = bound.getAddress();
    boolean takesBoth = address instanceof Inet6Address && address.isAnyLocalAddress();
    return takesBoth || IpAddress.of(address).isIpv4() == peers.address().isIpv4();
  }
}
