package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.BgpTypes.ListenAddress;
import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.bgp.BmpConfig;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.wire.Ipv4Address;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code speaker:}, this side of every session. */
final class SpeakerSection {

  static final Key<Long> LOCAL_AS =
      Key.required("local-as", BgpTypes.AS_NUMBER, "The AS number of this speaker.");

  static final Key<Ipv4Address> ROUTER_ID =
      Key.required(
          "router-id",
          BgpTypes.ROUTER_ID,
          "The BGP Identifier, unique in the AS; usually an IPv4 address of this host.");

  static final Key<List<ListenAddress>> LISTEN =
      Key.optional(
          "listen",
          Types.oneOrMore(BgpTypes.LISTEN_ADDRESS),
          "Where peers may connect to. Without it, only this side connects.");

  static final Key<String> SHUTDOWN_MESSAGE =
      Key.withDefault(
          "shutdown-message",
          BgpTypes.SHUTDOWN_MESSAGE,
          "bugle stopped",
          "The text that peers are told when this program stops (RFC 9003).");

  static final Key<Boolean> ON_STOP =
      Key.withDefault(
          "on-stop",
          Types.choice(onStop()),
          "withdraw",
          "Withdraw the VIPs when this program stops; or keep-routes, so that peers with"
              + " graceful-restart keep them until it is back or their restart time is over.");

  static final Key<BmpConfig> BMP =
      Key.optional(
          "bmp",
          BmpSection.TYPE,
          "A BMP station that hears what the peers announce and are told (RFC 7854, RFC 8671).");

  static final Section<Speaker> TYPE =
      new Section<>(
          "a speaker",
          List.of(LOCAL_AS, ROUTER_ID, LISTEN, ON_STOP, SHUTDOWN_MESSAGE, BMP),
          SpeakerSection::make);

  /** The speaker, and what is said of it beyond that. */
  record Speaker(SpeakerConfig config, OnStop onStop, boolean listens) {}

  private SpeakerSection() {}

  private static Map<String, Boolean> onStop() {
    Map<String, Boolean> words = new LinkedHashMap<>();
    words.put("withdraw", false);
    words.put("keep-routes", true);
    return words;
  }

  private static Speaker make(Values values) {
    SpeakerConfig.Builder config =
        SpeakerConfig.builder(values.get(LOCAL_AS), values.get(ROUTER_ID).toString());
    List<ListenAddress> listen = values.find(LISTEN).orElse(List.of());
    Set<ListenAddress> seen = new HashSet<>();
    for (ListenAddress address : listen) {
      if (!seen.add(address)) {
        values.at(LISTEN).fault("found " + address + " twice; remove one of them");
      }
      config.listen(address.address().toString(), address.port());
    }
    OnStop onStop = new OnStop(values.get(ON_STOP), values.get(SHUTDOWN_MESSAGE));
    // Who keeps its routes when it stops comes back from a restart when it starts.
    config.restarting(onStop.forRestart());
    values.find(BMP).ifPresent(config::bmp);
    return new Speaker(config.build(), onStop, !listen.isEmpty());
  }
}
