package dev.bugle.bfd;

import dev.bugle.bfd.wire.Keys;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * What one BFD session is configured with.
 *
 * @param peer the other side's address
 * @param local our address of the path; empty for one hop: the system chooses
 * @param interfaceName the interface that the path begins at; a must for a link-local peer
 * @param hops one or several
 * @param unaffiliated whether the other side has no BFD and only forwards our own packets back to
 *     us (RFC 9747)
 * @param profile how it runs; may be changed while it does
 * @param keys authentication of both directions; may be changed while it runs
 */
public record BfdSessionConfig(
    InetAddress peer,
    Optional<InetAddress> local,
    Optional<String> interfaceName,
    Hops hops,
    boolean unaffiliated,
    BfdProfile profile,
    Optional<Keys> keys) {

  /** Checks that the values fit together. */
  public BfdSessionConfig {
    if (local.isPresent() && local.get().getClass() != peer.getClass()) {
      throw new IllegalArgumentException(
          "local address "
              + local.get().getHostAddress()
              + " and peer address "
              + peer.getHostAddress()
              + " are not of one IP version");
    }
    if (peer.isLinkLocalAddress() && interfaceName.isEmpty()) {
      throw new IllegalArgumentException(
          "the link-local peer "
              + peer.getHostAddress()
              + " needs the name of its interface (interfaceName)");
    }
    if (peer.isAnyLocalAddress() || peer.isMulticastAddress()) {
      throw new IllegalArgumentException(peer.getHostAddress() + " is not the address of a host");
    }
    if (hops.isMultihop() && local.isEmpty()) {
      throw new IllegalArgumentException(
          "a multihop session needs its local address (RFC 5883 §4.1)");
    }
    if (hops.isMultihop() && profile.echoInterval().isPresent()) {
      throw new IllegalArgumentException(
          "a multihop session has no echo function (RFC 5883 §3); remove its echo interval");
    }
    boolean echoes = unaffiliated || profile.echoInterval().isPresent();
    if (echoes && (local.isEmpty() || interfaceName.isEmpty())) {
      throw new IllegalArgumentException(
          "echo packets need a local address and the name of the interface (localAddress,"
              + " interfaceName)");
    }
    if (unaffiliated && profile.echoInterval().isPresent()) {
      throw new IllegalArgumentException(
          "the packets of an unaffiliated session are echo packets already; remove its echo"
              + " interval");
    }
  }

  /**
   * How far the other side is.
   *
   * @param isMultihop RFC 5883, on UDP port 4784; else RFC 5881, on 3784
   * @param minimumTtl with which its packets must arrive: 255 for one hop (RFC 5881 §5), 1 to 255
   *     for several (RFC 5883 §5)
   */
  public record Hops(boolean isMultihop, int minimumTtl) {

    /** One hop. */
    public static final Hops SINGLE = new Hops(false, 255);

    /** Checks the range. */
    public Hops {
      int lowest = isMultihop ? 1 : 255;
      if (minimumTtl < lowest || minimumTtl > 255) {
        throw new IllegalArgumentException(
            "the minimum TTL "
                + minimumTtl
                + (isMultihop ? " is not in 1 to 255" : " must be 255 for one hop (RFC 5881 §5)"));
      }
    }
  }

  /**
   * Begins a session over one hop (RFC 5881).
   *
   * @param peer an IP literal
   * @throws IllegalArgumentException when it is none
   */
  public static Builder singleHop(String peer) {
    return new Builder(IpLiteral.parse(peer), Hops.SINGLE);
  }

  /**
   * Begins a session with ourselves by way of a neighbour that has no BFD and forwards our packets
   * back to us (RFC 9747). It takes the capability CAP_NET_RAW.
   *
   * @param neighbour an IP literal
   * @param local our address on the interface, an IP literal
   * @param interfaceName that leads to the neighbour
   * @throws IllegalArgumentException when an address is none
   */
  public static Builder unaffiliatedEcho(String neighbour, String local, String interfaceName) {
    Builder builder = singleHop(neighbour).localAddress(local).interfaceName(interfaceName);
    builder.unaffiliated = true;
    return builder;
  }

  /**
   * Begins a session over several hops (RFC 5883) that accepts packets which have passed any number
   * of routers.
   *
   * @param peer an IP literal
   * @param local our address, an IP literal
   * @throws IllegalArgumentException when one of them is none
   */
  public static Builder multihop(String peer, String local) {
    return new Builder(IpLiteral.parse(peer), new Hops(true, 1)).localAddress(local);
  }

  /** The same, authenticated in both directions. */
  public BfdSessionConfig withKeys(Keys other) {
    return new BfdSessionConfig(
        peer, local, interfaceName, hops, unaffiliated, profile, Optional.of(other));
  }

  /** Gathers a configuration; not thread-safe. */
  public static final class Builder {
    private final InetAddress peer;
    private Hops hops;
    private Optional<InetAddress> local = Optional.empty();
    private Optional<String> interfaceName = Optional.empty();
    private boolean unaffiliated;
    private BfdProfile profile = BfdProfile.of(Duration.ofMillis(300), 3);
    private Optional<Keys> keys = Optional.empty();

    private Builder(InetAddress peer, Hops hops) {
      this.peer = peer;
      this.hops = hops;
    }

    /** Our address, an IP literal. */
    public Builder localAddress(String value) {
      local = Optional.of(IpLiteral.parse(value));
      return this;
    }

    /** The interface. */
    public Builder interfaceName(String value) {
      interfaceName = Optional.of(value);
      return this;
    }

    /**
     * The least TTL of packets that are accepted over several hops: that with which the other side
     * sends (255 here and in FRR, 64 in BIRD) less the routers between.
     */
    public Builder minimumTtl(int value) {
      hops = new Hops(hops.isMultihop(), value);
      return this;
    }

    /** How it runs; by default 300 ms both ways and a multiplier of 3. */
    public Builder profile(BfdProfile value) {
      profile = value;
      return this;
    }

    /** Authenticates both directions. */
    public Builder keys(Keys value) {
      keys = Optional.of(value);
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException saying which value is wrong
     */
    public BfdSessionConfig build() {
      return new BfdSessionConfig(peer, local, interfaceName, hops, unaffiliated, profile, keys);
    }
  }

  /** Peer, and what tells the path apart; nothing of the keys. */
  @Override
  public String toString() {
    return peer.getHostAddress()
        + interfaceName.map(name -> "%" + name).orElse("")
        + local.map(address -> " from " + address.getHostAddress()).orElse("")
        + (hops.isMultihop() ? ", multihop" : "")
        + (unaffiliated ? ", unaffiliated echo" : "");
  }
}
