package dev.bugle.advertiser.config;

import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.source.VipSourceConfig;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.DynamicPeersConfig;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.SpeakerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that an advertiser is told.
 *
 * @param speaker the BGP speaker that announces
 * @param onStop what the peers are told when it stops
 * @param peers whom it announces to
 * @param dynamicPeers ranges from which anybody may connect who is announced to as well
 * @param electors the declared elections by name
 * @param vips what it announces
 * @param sources who else says what it announces, by name
 * @param host what it has to do with the host that it runs on
 */
public record AdvertiserConfig(
    SpeakerConfig speaker,
    OnStop onStop,
    List<Neighbor> peers,
    List<DynamicPeersConfig> dynamicPeers,
    Map<String, ElectorConfig> electors,
    List<Vip> vips,
    Map<String, VipSourceConfig> sources,
    HostConfig host) {

  /**
   * Copies the collections, and checks that no router would keep a VIP that takes leadership after
   * this program has died or left: another may lead by then.
   */
  public AdvertiserConfig {
    peers = List.copyOf(peers);
    dynamicPeers = List.copyOf(dynamicPeers);
    electors = Map.copyOf(electors);
    vips = List.copyOf(vips);
    sources = Map.copyOf(sources);
    sources.keySet().forEach(AdvertiserConfig::requireName);
    if (keepsRoutes(onStop, peers, dynamicPeers)) {
      vips.stream()
          .filter(Vip::takesLeadership)
          .findFirst()
          .ifPresent(AdvertiserConfig::refuseToKeep);
    }
  }

  /** What the names of its VIPs begin with must not be mistaken for that of another source. */
  private static void requireName(String source) {
    if (!source.matches(CrossChecks.NAME)) {
      throw new IllegalArgumentException(
          "a source is called '"
              + source
              + "'; expected a name of at most 63 letters, digits, dots, dashes and underscores");
    }
  }

  /**
   * Whether a router may keep routes after this program has died or left; then no VIP may take
   * leadership.
   */
  public boolean keepsRoutes() {
    return keepsRoutes(onStop, peers, dynamicPeers);
  }

  private static boolean keepsRoutes(
      OnStop onStop, List<Neighbor> peers, List<DynamicPeersConfig> dynamicPeers) {
    return onStop.forRestart()
        || peers.stream().map(Neighbor::bgp).anyMatch(AdvertiserConfig::keepsRoutes)
        || dynamicPeers.stream()
            .map(DynamicPeersConfig::template)
            .anyMatch(AdvertiserConfig::keepsRoutes);
  }

  /** The same, whose speaker has its meters there, and with it all the rest. */
  public AdvertiserConfig withMeterRegistry(MeterRegistry registry) {
    return new AdvertiserConfig(
        speaker.withMeterRegistry(registry),
        onStop,
        peers,
        dynamicPeers,
        electors,
        vips,
        sources,
        host);
  }

  /** How long the longest drain of a VIP takes. */
  public Duration longestDrain() {
    return vips.stream().map(Vip::drainTime).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  private static void refuseToKeep(Vip vip) {
    throw new IllegalArgumentException(
        "routers would keep "
            + vip
            + " after this program has died or left, while another may lead; take graceful restart"
            + " from the peers and from the stop, or give the VIP leadership "
            + Vip.ALWAYS);
  }

  /** Whether the peer is asked to keep routes over a restart. */
  static boolean keepsRoutes(PeerConfig peer) {
    return peer.session().offer().gracefulRestart().isPresent();
  }

  /** Begins one that announces nothing to nobody. */
  public static Builder builder(SpeakerConfig speaker) {
    return new Builder(speaker);
  }

  /** Gathers a configuration; not thread-safe. */
  public static final class Builder {
    private final SpeakerConfig speaker;
    private OnStop onStop = OnStop.withdraw("");
    private final List<Neighbor> peers = new ArrayList<>();
    private final List<DynamicPeersConfig> dynamicPeers = new ArrayList<>();
    private final Map<String, ElectorConfig> electors = new LinkedHashMap<>();
    private final List<Vip> vips = new ArrayList<>();
    private final Map<String, VipSourceConfig> sources = new LinkedHashMap<>();
    private HostConfig host = HostConfig.NONE;

    private Builder(SpeakerConfig speaker) {
      this.speaker = speaker;
    }

    /** What the peers are told when it stops; without, that the VIPs are withdrawn. */
    public Builder onStop(OnStop value) {
      onStop = value;
      return this;
    }

    /** Adds routers to announce to. */
    public Builder peers(Neighbor... more) {
      peers.addAll(List.of(more));
      return this;
    }

    /** Adds a range of addresses from which anybody may connect. */
    public Builder dynamicPeers(DynamicPeersConfig... more) {
      dynamicPeers.addAll(List.of(more));
      return this;
    }

    /** Declares an election. */
    public Builder elector(String name, ElectorConfig elector) {
      electors.put(name, elector);
      return this;
    }

    /** Adds VIPs. */
    public Builder vips(Vip... more) {
      vips.addAll(List.of(more));
      return this;
    }

    /** Adds a source of VIPs. */
    public Builder source(String name, VipSourceConfig source) {
      sources.put(name, source);
      return this;
    }

    /** What it has to do with the host; without, {@link HostConfig#NONE}. */
    public Builder host(HostConfig value) {
      host = value;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException when routers would keep a VIP that takes leadership
     */
    public AdvertiserConfig build() {
      return new AdvertiserConfig(
          speaker, onStop, peers, dynamicPeers, electors, vips, sources, host);
    }
  }
}
