package dev.bugle.advertiser.plugin;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Variants;
import dev.bugle.advertiser.source.SourcedVip;
import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Standing;
import dev.bugle.advertiser.source.VipSource;
import dev.bugle.advertiser.source.VipSourceConfig;
import dev.bugle.advertiser.source.VipSourceProvider;
import dev.bugle.advertiser.source.VipStage;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.Route;
import java.util.List;

/** {@code type: scripted}: states the addresses that are in its configuration. */
public final class ScriptedProvider implements VipSourceProvider {

  private static final Key<List<String>> ADDRESSES =
      Key.required(
              "addresses",
              Types.oneOrMore(Types.TEXT),
              "The addresses that it states, which are always announced.")
          .example("203.0.113.10/32");

  /** For the service loader. */
  public ScriptedProvider() {}

  /** What its section becomes. */
  public record Config(List<String> addresses) implements VipSourceConfig {
    @Override
    public String type() {
      return "scripted";
    }
  }

  @Override
  public String type() {
    return "scripted";
  }

  @Override
  public Section<? extends VipSourceConfig> section() {
    return new Section<>(
        "a scripted source",
        List.of(Variants.TYPE, ADDRESSES),
        values -> new Config(values.get(ADDRESSES)));
  }

  @Override
  public VipSource create(String name, VipSourceConfig config, Ticker ticker) {
    return config instanceof ScriptedSource made ? made : new Listed((Config) config, ticker);
  }

  private record Listed(Config config, Ticker ticker) implements VipSource {
    @Override
    public void start(VipStage stage) {
      stage.set(
          SourcedVips.of(
              config.addresses().stream()
                  .map(
                      address ->
                          new SourcedVip(
                              new Vip(Route.to(address).build(), Vip.ALWAYS),
                              Standing.allows("listed", ticker.nanos(), "it is in the list")))
                  .toList()));
    }

    @Override
    public void close() {}
  }
}
