package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.config.yaml.Variants;
import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.health.Probe;
import dev.bugle.bgp.wire.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A value of {@code health:}, one check. */
final class HealthSection {

  static final Key<String> HOST =
      Key.withDefault(
          "host",
          Types.word("a host name or an IP address", "[A-Za-z0-9_.:%-]{1,255}"),
          "localhost",
          "The host to connect to, a name or an address.");

  static final Key<Long> PORT =
      Key.required("port", Types.number("a port", 1, 65535), "The TCP port to connect to.");

  static final Key<List<String>> COMMAND =
      Key.required(
          "command",
          Types.listOf(Types.TEXT),
          "The program and its arguments, as a list; no shell sees them. Exit code 0 is well.");

  static final Key<IpAddress> ADDRESS =
      Key.required(
          "address", BgpTypes.ADDRESS, "The address that an interface of this host must have.");

  static final Key<String> INTERFACE =
      Key.optional(
          "interface",
          Types.word("the name of an interface such as eth0", "[\\x21-\\x7e&&[^/:]]{1,15}"),
          "Which interface must have it; any if it is not given. It must be up.");

  static final Variants<HealthCheckConfig> TYPE = new Variants<>("a health check", sections());

  private HealthSection() {}

  private static Map<String, Section<? extends HealthCheckConfig>> sections() {
    Map<String, Section<? extends HealthCheckConfig>> sections = new LinkedHashMap<>();
    sections.put("http", section("an HTTP check", HealthHttpKeys.KEYS, HealthHttpKeys::make));
    sections.put("tcp", section("a TCP check", List.of(HOST, PORT), HealthSection::tcp));
    sections.put("exec", section("a check by a program", List.of(COMMAND), HealthSection::exec));
    sections.put(
        "address",
        section("a check of an address", List.of(ADDRESS, INTERFACE), HealthSection::address));
    return sections;
  }

  private static Section<HealthCheckConfig> section(
      String description, List<Key<?>> keys, Function<Values, Probe> probe) {
    List<Key<?>> all =
        Stream.of(List.of(Variants.TYPE), keys, HealthTimingKeys.KEYS)
            .<Key<?>>flatMap(List::stream)
            .toList();
    return new Section<>(
        description,
        all,
        values -> new HealthCheckConfig(HealthTimingKeys.make(values), probe.apply(values)));
  }

  private static Probe tcp(Values values) {
    return new Probe.Tcp(values.get(HOST), Math.toIntExact(values.get(PORT)));
  }

  private static Probe exec(Values values) {
    return new Probe.Exec(values.get(COMMAND));
  }

  private static Probe address(Values values) {
    return new Probe.Address(values.get(ADDRESS), values.find(INTERFACE));
  }
}
