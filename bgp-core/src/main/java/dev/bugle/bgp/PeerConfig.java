package dev.bugle.bgp;

import dev.bugle.bgp.session.SessionConfig;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.IpAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a peer is configured with.
 *
 * @param address of the peer; there is one peer for an address
 * @param remoteAs that the peer must be in, 1 to 4294967295
 * @param port that we connect to, 1 to 65535
 * @param passive whether only the peer connects
 * @param strictPath BFD strict mode: whether the session begins only while the path to the peer is
 *     {@link dev.bugle.bgp.session.PathState#UP} or {@link
 *     dev.bugle.bgp.session.PathState#ADMIN_DOWN}; until somebody tells so with {@link
 *     Peer#pathState}, nothing is tried and the peer is refused
 * @param holdTime proposed: 0 (never) or 3 to 65535 whole seconds (RFC 4271 §4.2)
 * @param connectRetry the longest pause between attempts to connect; attempts start at half a
 *     second and double
 * @param localAddress that we connect from; empty: the system chooses
 * @param nextHops given for the routes of a family instead of our own address on the session
 * @param families offered, at least one
 * @param description for people; may be empty
 */
public record PeerConfig(
    IpAddress address,
    long remoteAs,
    int port,
    boolean passive,
    boolean strictPath,
    Duration holdTime,
    Duration connectRetry,
    Optional<IpAddress> localAddress,
    Map<AddressFamily, IpAddress> nextHops,
    List<AddressFamily> families,
    String description) {

  /** The port of BGP (RFC 4271 §8.2.1). */
  public static final int BGP_PORT = 179;

  /** Checks the values and copies the collections. */
  public PeerConfig {
    Asn.requireUsable(remoteAs);
    SessionConfig.requireTimes(holdTime, connectRetry);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1 to 65535");
    }
    if (localAddress.isPresent() && localAddress.get().isIpv4() != address.isIpv4()) {
      throw new IllegalArgumentException(
          "local address "
              + localAddress.get()
              + " and peer address "
              + address
              + " are not of one IP version");
    }
    nextHops = Map.copyOf(nextHops);
    families = List.copyOf(families);
    if (families.isEmpty()) {
      throw new IllegalArgumentException("at least one address family is needed");
    }
  }

  /**
   * Begins a configuration.
   *
   * @param address of the peer, an IP literal
   * @param remoteAs that the peer must be in, 1 to 4294967295
   * @throws IllegalArgumentException when the address is no IP literal
   */
  public static Builder builder(String address, long remoteAs) {
    return new Builder(IpAddress.parse(address), remoteAs);
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(address.toInetAddress(), port);
  }

  /** Gathers a configuration; not thread-safe. */
  public static final class Builder {
    private final IpAddress address;
    private final long remoteAs;
    private int port = BGP_PORT;
    private boolean passive;
    private boolean strictPath;
    private Duration holdTime = Duration.ofSeconds(90); // RFC 4271 §10
    private Duration connectRetry = Duration.ofSeconds(30);
    private Optional<IpAddress> localAddress = Optional.empty();
    private final Map<AddressFamily, IpAddress> nextHops = new LinkedHashMap<>();
    private List<AddressFamily> families =
        List.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST);
    private String description = "";

    private Builder(IpAddress address, long remoteAs) {
      this.address = address;
      this.remoteAs = remoteAs;
    }

    /** The port that we connect to, 1 to 65535; 179 by default. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** Whether only the peer connects; false by default. */
    public Builder passive(boolean value) {
      passive = value;
      return this;
    }

    /**
     * BFD strict mode: whether the session begins only while the path is known to be up, or not
     * watched on purpose; false by default. See {@link Peer#pathState}.
     */
    public Builder strictPath(boolean value) {
      strictPath = value;
      return this;
    }

    /** Proposed hold time: 0 or 3 to 65535 whole seconds; 90 s by default. */
    public Builder holdTime(Duration value) {
      holdTime = value;
      return this;
    }

    /** The longest pause between attempts to connect; 30 s by default. */
    public Builder connectRetry(Duration value) {
      connectRetry = value;
      return this;
    }

    /** The address that we connect from, an IP literal. */
    public Builder localAddress(String value) {
      localAddress = Optional.of(IpAddress.parse(value));
      return this;
    }

    /**
     * The next hop of the routes of this address's family; by default our own address on the
     * session, and for the other family an address of the same interface.
     */
    public Builder nextHop(String value) {
      IpAddress nextHop = IpAddress.parse(value);
      nextHops.put(
          nextHop.isIpv4() ? AddressFamily.IPV4_UNICAST : AddressFamily.IPV6_UNICAST, nextHop);
      return this;
    }

    /** The families offered; IPv4 and IPv6 unicast by default. */
    public Builder families(AddressFamily... values) {
      families = List.of(values);
      return this;
    }

    /** A name for people, in logs and status. */
    public Builder description(String value) {
      description = value;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException saying which value is wrong
     */
    public PeerConfig build() {
      return new PeerConfig(
          address,
          remoteAs,
          port,
          passive,
          strictPath,
          holdTime,
          connectRetry,
          localAddress,
          nextHops,
          families,
          description);
    }
  }
}
