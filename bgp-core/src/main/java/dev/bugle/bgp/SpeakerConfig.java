package dev.bugle.bgp;

import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.Codecs;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.NlriCodec;
import dev.bugle.bgp.wire.attribute.AttributeCodec;
import dev.bugle.bgp.wire.attribute.AttributeCodecs;
import dev.bugle.bgp.wire.nlri.Families;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a speaker is configured with.
 *
 * @param asn our AS number, 1 to 4294967295; in a confederation that of our member AS
 * @param routerId our BGP Identifier, not 0.0.0.0 (RFC 6286)
 * @param clusterId that of our cluster, where we reflect routes, not 0.0.0.0 (RFC 4456)
 * @param confederation that we are in
 * @param listen where peers may connect; empty: nowhere, we connect to them
 * @param restarting whether we come back from a restart, throughout which packets that the peers
 *     sent to us arrived where they should (RFC 4724 §4.1)
 * @param codecs the address families that can be carried, and the attributes from outside
 * @param routingTable how it decides on what its peers announce; empty: it keeps nothing of that
 * @param bmp the station that is told what the peers say; empty: there is none
 * @param meterRegistry where its meters are registered (docs/metrics.md); empty: nowhere
 */
public record SpeakerConfig(
    long asn,
    Ipv4Address routerId,
    Ipv4Address clusterId,
    Optional<Confederation> confederation,
    List<InetSocketAddress> listen,
    boolean restarting,
    Codecs codecs,
    Optional<RoutingTableConfig> routingTable,
    Optional<BmpConfig> bmp,
    Optional<MeterRegistry> meterRegistry) {

  /** Checks the ranges and copies the list. */
  public SpeakerConfig {
    Asn.requireUsable(asn);
    if (routerId.isUnspecified()) {
      throw new IllegalArgumentException("the router id must not be 0.0.0.0");
    }
    if (clusterId.isUnspecified()) {
      throw new IllegalArgumentException("the cluster id must not be 0.0.0.0");
    }
    if (confederation.filter(whole -> whole.members().contains(asn)).isPresent()) {
      throw new IllegalArgumentException(
          "AS " + asn + " is our own, and not another member AS of the confederation; remove it");
    }
    listen = List.copyOf(listen);
  }

  /**
   * Begins a configuration.
   *
   * @param asn our AS number, 1 to 4294967295
   * @param routerId our BGP Identifier in the form of an IPv4 address
   * @throws IllegalArgumentException when the router id is not of that form
   */
  public static Builder builder(long asn, String routerId) {
    return new Builder(asn, Ipv4Address.parse(routerId));
  }

  /** The same, with its meters registered there. */
  public SpeakerConfig withMeterRegistry(MeterRegistry registry) {
    return new SpeakerConfig(
        asn,
        routerId,
        clusterId,
        confederation,
        listen,
        restarting,
        codecs,
        routingTable,
        bmp,
        Optional.of(registry));
  }

  /**
   * The same remote AS, as another member of our confederation where it is one.
   *
   * @throws IllegalArgumentException when it is to be a member, and is not
   */
  RemoteAs remoteAs(RemoteAs configured) {
    if (configured instanceof RemoteAs.Member member && !hasMember(member.asn())) {
      throw new IllegalArgumentException(
          member + " is not in the confederation of the speaker; add it there");
    }
    return configured instanceof RemoteAs.Exactly exactly && hasMember(exactly.asn())
        ? new RemoteAs.Member(exactly.asn())
        : configured;
  }

  private boolean hasMember(long member) {
    return confederation.filter(whole -> whole.members().contains(member)).isPresent();
  }

  /** The AS by which peers out of our AS and confederation know us. */
  long outwardAsn() {
    return confederation.map(Confederation::identifier).orElse(asn);
  }

  /** The AS by which such a peer knows us: the confederation's out of it, our own within. */
  long asnTowards(RemoteAs peer) {
    return remoteAs(peer).isOutside(asn) ? outwardAsn() : asn;
  }

  /** Gathers a configuration; not thread-safe. */
  public static final class Builder {
    private final long asn;
    private final Ipv4Address routerId;
    private Ipv4Address clusterId;
    private Optional<Confederation> confederation = Optional.empty();
    private final List<InetSocketAddress> listen = new ArrayList<>();
    private boolean restarting;
    private Codecs codecs = Codecs.of(Families.ALL);
    private AttributeCodecs attributeCodecs = AttributeCodecs.NONE;
    private Optional<RoutingTableConfig> routingTable = Optional.empty();
    private Optional<BmpConfig> bmp = Optional.empty();
    private Optional<MeterRegistry> meterRegistry = Optional.empty();

    private Builder(long asn, Ipv4Address routerId) {
      this.asn = asn;
      this.routerId = routerId;
      this.clusterId = routerId;
    }

    /**
     * The CLUSTER_ID of our cluster, in the form of an IPv4 address: where several route reflectors
     * are in one, or the number is to outlive the router; by default the router id (RFC 4456 §7).
     */
    public Builder clusterId(String value) {
      clusterId = Ipv4Address.parse(value);
      return this;
    }

    /** The confederation that we are in with our AS number (RFC 5065); by default none. */
    public Builder confederation(Confederation value) {
      confederation = Optional.of(value);
      return this;
    }

    /**
     * Accepts connections of known peers here; may be called several times.
     *
     * @param address an IP literal; {@code 0.0.0.0} or {@code ::} for all
     * @param port 0 to 65535, by convention 179; 0 lets the system choose
     */
    public Builder listen(String address, int port) {
      listen.add(new InetSocketAddress(IpAddress.parse(address).toInetAddress(), port));
      return this;
    }

    /**
     * Whether we come back from a restart, throughout which packets that the peers sent to us
     * arrived where they should; false by default. A peer with graceful restart then goes on
     * keeping our routes until it has got all of them anew (RFC 4724 §4.1), so announce them before
     * you add it.
     */
    public Builder restarting(boolean value) {
      restarting = value;
      return this;
    }

    /** Adds an address family, or another codec for one that the library knows. */
    public Builder nlriCodec(NlriCodec codec) {
      codecs = codecs.with(codecs.nlri().with(codec));
      return this;
    }

    /**
     * Adds a path attribute, which is otherwise carried as octets.
     *
     * @throws IllegalArgumentException when the library reads an attribute of this type code itself
     */
    public Builder attributeCodec(AttributeCodec codec) {
      attributeCodecs = attributeCodecs.with(codec);
      codecs = codecs.with(attributeCodecs);
      return this;
    }

    /**
     * Keeps what the peers announce in a table, decides what is best of it, and lets it be read
     * with {@link BgpSpeaker#learned}. Without it, as by default, what they announce goes to their
     * listeners only, and costs no memory. What is best is told to the peers whose {@link
     * PeerConfig.Builder#propagation} says so.
     */
    public Builder routingTable(RoutingTableConfig value) {
      routingTable = Optional.of(value);
      return this;
    }

    /** Tells a station what the peers say (RFC 7854); by default there is none. */
    public Builder bmp(BmpConfig value) {
      bmp = Optional.of(value);
      return this;
    }

    /** Where the meters are registered; by default nowhere. */
    public Builder meterRegistry(MeterRegistry value) {
      meterRegistry = Optional.of(value);
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException saying which value is wrong
     */
    public SpeakerConfig build() {
      return new SpeakerConfig(
          asn,
          routerId,
          clusterId,
          confederation,
          listen,
          restarting,
          codecs,
          routingTable,
          bmp,
          meterRegistry);
    }
  }
}
