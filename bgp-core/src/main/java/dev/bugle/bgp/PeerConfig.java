package dev.bugle.bgp;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.GracefulRestart;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.session.Offer;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.session.RouteRetention;
import dev.bugle.bgp.session.SessionOptions;
import dev.bugle.bgp.session.SessionTimes;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a peer is configured with. A group of peers that differ in little is one configuration and
 * {@link #toBuilder} for each.
 *
 * @param address of the peer; there is one peer for an address. With {@link PeerTransport#zone} it
 *     is link-local, or {@code ::} for the router behind that interface, see {@link #onInterface}
 * @param remoteAs that the peer must be in
 * @param localAs under which the peer knows us, if not the speaker's
 * @param transport how it is reached
 * @param session how the session with it is held
 * @param importing how what it announces is taken, where there is a routing table
 * @param export how announcements are told to it
 * @param propagation how what was learned is passed on to it, where there is a routing table
 * @param description for people; may be empty
 */
public record PeerConfig(
    IpAddress address,
    RemoteAs remoteAs,
    Optional<LocalAs> localAs,
    PeerTransport transport,
    SessionOptions session,
    PeerImport importing,
    PeerExport export,
    PeerPropagation propagation,
    String description) {

  /** The port of BGP (RFC 4271 §8.2.1). */
  public static final int BGP_PORT = 179;

  /** Checks that the parts agree. */
  public PeerConfig {
    requireKnownAddress(address, transport);
    transport.localAddress().ifPresent(own -> requireOneVersion(own, address));
    PeerAddress unused = new PeerAddress(address, transport.zone()); // which has them checked
  }

  /** A key is for an address, which a router behind an interface has only when it is found. */
  private static void requireKnownAddress(IpAddress address, PeerTransport transport) {
    if (new PeerAddress(address, transport.zone()).isInterface()
        && transport.authentication().isPresent()) {
      throw new IllegalArgumentException(
          transport.authentication().get()
              + " cannot be had with a router that is found behind interface "
              + transport.zone().orElse("")
              + "; give the router's address, or take the key out");
    }
  }

  private static void requireOneVersion(IpAddress own, IpAddress peer) {
    if (own.isIpv4() != peer.isIpv4()) {
      throw new IllegalArgumentException(
          "local address " + own + " and peer address " + peer + " are not of one IP version");
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
    return builder(address, RemoteAs.of(remoteAs));
  }

  /**
   * Begins a configuration.
   *
   * @param address of the peer, an IP literal; a link-local one like {@code fe80::1%eth0}
   * @throws IllegalArgumentException when the address is no IP literal
   */
  public static Builder builder(String address, RemoteAs remoteAs) {
    return builder(PeerAddress.parse(address), remoteAs);
  }

  /**
   * Begins a configuration of the router behind an interface (BGP unnumbered): its link-local
   * address is found by the Router Advertisements that it sends (RFC 4861), or in the system's
   * table of neighbours. It is found, and finds us, on Linux only; CAP_NET_RAW is needed for the
   * advertisements. Until then the session is IDLE.
   *
   * @param interfaceName like {@code eth0}; it may come later
   * @throws IllegalArgumentException when no interface can have that name
   */
  public static Builder onInterface(String interfaceName, RemoteAs remoteAs) {
    return builder(PeerAddress.onInterface(interfaceName), remoteAs);
  }

  /**
   * Begins a configuration. To one on a link IPv4 routes go with IPv6 next hops, if it takes them.
   */
  private static Builder builder(PeerAddress peer, RemoteAs remoteAs) {
    Builder builder =
        new Builder(
            new PeerConfig(
                peer.address(),
                remoteAs,
                Optional.empty(),
                PeerTransport.DEFAULT.withZone(peer.zone()),
                SessionOptions.DEFAULT,
                PeerImport.DEFAULT,
                PeerExport.DEFAULT,
                PeerPropagation.STANDARD,
                ""));
    return peer.zone().isPresent() ? builder.ipv6NextHops(AddressFamily.IPV4_UNICAST) : builder;
  }

  /**
   * Begins a configuration that others are made from, for {@link DynamicPeersConfig} or with {@link
   * #toBuilder}: its address is {@code ::}, which is nobody's.
   *
   * @param remoteAs that the peers must be in
   */
  public static Builder template(RemoteAs remoteAs) {
    return builder("::", remoteAs);
  }

  /** Begins another configuration that is like this one. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** What the peer is to that speaker. */
  PeerStanding standing(SpeakerConfig speaker) {
    return new PeerStanding(speaker, this);
  }

  /**
   * Whether a session that began with the other configuration goes on when the peer is configured
   * so; see {@link Peer#reconfigure}.
   */
  public boolean keepsSessionOf(PeerConfig other) {
    return remoteAs.equals(other.remoteAs)
        && localAs.equals(other.localAs)
        && transport.equals(other.transport)
        && propagation.part() == other.propagation.part()
        && session.equals(other.toBuilder().connectRetry(connectRetry()).build().session);
  }

  private Duration connectRetry() {
    return session.times().connectRetry();
  }

  /** Where the peer is, its zone included. */
  public PeerAddress peerAddress() {
    return new PeerAddress(address, transport.zone());
  }

  /** Gathers a configuration; not thread-safe. */
  public static final class Builder {
    private IpAddress address;
    private RemoteAs remoteAs;
    private Optional<LocalAs> localAs;
    private int port;
    private Optional<IpAddress> localAddress;
    private Optional<String> zone;
    private Optional<String> interfaceName;
    private TtlRule ttl;
    private Optional<TcpAuthentication> authentication;
    private Duration holdTime;
    private Optional<Duration> sendHoldTime;
    private Duration connectRetry;
    private boolean passive;
    private boolean strictPath;
    private List<AddressFamily> families;
    private Set<AddressFamily> addPathSend;
    private Set<AddressFamily> addPathReceive;
    private Set<AddressFamily> ipv6NextHops;
    private boolean extendedMessages;
    private Optional<LocalRole> role;
    private Optional<GracefulRestart> gracefulRestart;
    private Optional<RouteRetention> retention;
    private final Map<AddressFamily, IpAddress> nextHops;
    private Optional<RoutePolicy> importPolicy;
    private Optional<Boolean> enforceFirstAs;
    private final Map<AddressFamily, PrefixLimit> prefixLimits;
    private RoutePolicy exportPolicy;
    private PeerPropagation propagation;
    private Duration minimumRouteAdvertisementInterval;
    private String description;

    private Builder(PeerConfig like) {
      address = like.address;
      remoteAs = like.remoteAs;
      localAs = like.localAs;
      port = like.transport.port();
      localAddress = like.transport.localAddress();
      zone = like.transport.zone();
      interfaceName = like.transport.interfaceName();
      ttl = like.transport.ttl();
      authentication = like.transport.authentication();
      holdTime = like.session.times().holdTime();
      sendHoldTime = like.session.times().sendHoldTime();
      connectRetry = like.session.times().connectRetry();
      passive = like.session.passive();
      strictPath = like.session.strictPath();
      Offer offer = like.session.offer();
      families = offer.families();
      addPathSend = offer.addPathSend();
      addPathReceive = offer.addPathReceive();
      ipv6NextHops = offer.ipv6NextHops();
      extendedMessages = offer.extendedMessages();
      role = offer.role();
      gracefulRestart = offer.gracefulRestart();
      retention = offer.retention();
      nextHops = new LinkedHashMap<>(like.export.nextHops());
      importPolicy = like.importing.policy();
      enforceFirstAs = like.importing.enforceFirstAs();
      prefixLimits = new LinkedHashMap<>(like.importing.prefixLimits());
      exportPolicy = like.export.policy();
      propagation = like.propagation;
      minimumRouteAdvertisementInterval = like.export.minimumRouteAdvertisementInterval();
      description = like.description;
    }

    /** The peer's address, an IP literal; a link-local one like {@code fe80::1%eth0}. */
    public Builder address(String value) {
      return address(PeerAddress.parse(value));
    }

    Builder address(PeerAddress value) {
      address = value.address();
      zone = value.zone();
      return this;
    }

    /** The AS that the peer must be in. */
    public Builder remoteAs(RemoteAs value) {
      remoteAs = value;
      return this;
    }

    /** The AS under which the peer knows us; the speaker's by default. */
    public Builder localAs(LocalAs value) {
      localAs = Optional.of(value);
      return this;
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

    /**
     * How long the peer may leave what we send unread before the session ends, longer than the hold
     * time; zero: forever. By default eight minutes, or twice the agreed hold time if that is
     * longer (RFC 9687).
     */
    public Builder sendHoldTime(Duration value) {
      sendHoldTime = Optional.of(value);
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

    /** The network interface, or VRF device, that connections must run over; any by default. */
    public Builder interfaceName(String value) {
      interfaceName = Optional.of(value);
      return this;
    }

    /**
     * An external peer may be several hops away: our packets leave with this TTL, 2 to 255. Without
     * it, they reach one hop, and an internal peer anywhere.
     *
     * @throws IllegalArgumentException after {@link #ttlSecurity}, which excludes it
     */
    public Builder multihop(int value) {
      return ttl(new TtlRule.Multihop(value));
    }

    /**
     * The peer is at most so many hops away, 1 to 254, and only what comes from there is taken (RFC
     * 5082). Both ends must have it.
     *
     * @throws IllegalArgumentException after {@link #multihop}, which excludes it
     */
    public Builder ttlSecurity(int hops) {
      return ttl(new TtlRule.Security(hops));
    }

    private Builder ttl(TtlRule value) {
      if (!ttl.equals(TtlRule.BY_RELATION) && !ttl.getClass().equals(value.getClass())) {
        throw new IllegalArgumentException(
            "multihop and TTL security exclude each other; TTL security of several hops does both");
      }
      ttl = value;
      return this;
    }

    /** What signs every segment; nothing by default. */
    public Builder authentication(TcpAuthentication value) {
      authentication = Optional.of(value);
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

    /**
     * Families of which the peer gets every announcement for a destination, not only the earliest,
     * if it takes them (ADD-PATH, RFC 7911); none by default.
     */
    public Builder addPathSend(AddressFamily... values) {
      addPathSend = Set.of(values);
      return this;
    }

    /**
     * Families of which the peer may announce several paths for a destination, if it does so (RFC
     * 7911); none by default.
     */
    public Builder addPathReceive(AddressFamily... values) {
      addPathReceive = Set.of(values);
      return this;
    }

    /**
     * Families, other than IPv6, whose routes may have IPv6 next hops if the peer takes them (RFC
     * 8950); none by default, IPv4 for a link-local peer.
     */
    public Builder ipv6NextHops(AddressFamily... values) {
      ipv6NextHops = Set.of(values);
      return this;
    }

    /** Whether messages may have up to 65535 octets (RFC 8654); false by default. */
    public Builder extendedMessages(boolean value) {
      extendedMessages = value;
      return this;
    }

    /** What we are to this peer in another AS (RFC 9234); nothing by default. */
    public Builder role(LocalRole value) {
      role = Optional.of(value);
      return this;
    }

    /**
     * That the peer keeps our routes while we restart (RFC 4724). Off by default, and not for
     * routes that must go when this process dies.
     */
    public Builder gracefulRestart(GracefulRestart value) {
      gracefulRestart = Optional.of(value);
      return this;
    }

    /**
     * That we keep what the peer has announced while it restarts (RFC 4724, RFC 9494), where there
     * is a routing table; off by default, and never for a peer from a range.
     */
    public Builder retention(RouteRetention value) {
      retention = Optional.of(value);
      return this;
    }

    /**
     * Which of its paths are accepted into the routing table, and how they are changed before the
     * decision. Without one, as by default, nothing of a peer in another AS is accepted (RFC 8212).
     */
    public Builder importPolicy(RoutePolicy value) {
      importPolicy = Optional.of(value);
      return this;
    }

    /**
     * Whether paths of a peer in another AS must begin with its AS number; by default unless it is
     * a route server, by its {@link PeerPart} or by our role.
     */
    public Builder enforceFirstAs(boolean value) {
      enforceFirstAs = Optional.of(value);
      return this;
    }

    /**
     * How many destinations of a family it may announce, where there is a routing table; any number
     * by default.
     */
    public Builder prefixLimit(AddressFamily family, PrefixLimit value) {
      prefixLimits.put(family, value);
      return this;
    }

    /**
     * Which announcements the peer is told, and how they are changed for it; all as they are by
     * default.
     */
    public Builder exportPolicy(RoutePolicy value) {
      exportPolicy = value;
      return this;
    }

    /**
     * How what was learned from others is passed on to the peer, where there is a routing table. By
     * default a peer in another AS is told nothing of it (RFC 8212).
     */
    public Builder propagation(PeerPropagation value) {
      propagation = value;
      return this;
    }

    /**
     * How long announcements are gathered after others, 0 to 600 s; 0 by default. Withdrawals do
     * not wait (RFC 4271 §9.2.1.1).
     */
    public Builder minimumRouteAdvertisementInterval(Duration value) {
      minimumRouteAdvertisementInterval = value;
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
      Set<AddressFamily> overIpv6 =
          zone.isPresent() // where it is a default that need not be taken back
              ? ipv6NextHops.stream().filter(families::contains).collect(Collectors.toSet())
              : ipv6NextHops;
      Offer offer =
          new Offer(
              families,
              addPathSend,
              addPathReceive,
              overIpv6,
              extendedMessages,
              role,
              gracefulRestart,
              retention);
      SessionTimes times = new SessionTimes(holdTime, sendHoldTime, connectRetry);
      return new PeerConfig(
          address,
          remoteAs,
          localAs,
          new PeerTransport(port, localAddress, zone, interfaceName, ttl, authentication),
          new SessionOptions(times, passive, strictPath, offer),
          new PeerImport(importPolicy, prefixLimits, enforceFirstAs),
          new PeerExport(nextHops, exportPolicy, minimumRouteAdvertisementInterval),
          propagation,
          description);
    }
  }
}
