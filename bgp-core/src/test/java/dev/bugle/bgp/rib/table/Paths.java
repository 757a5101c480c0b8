package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paths for tests of the decision, in few words. */
final class Paths {
  private Paths() {}

  /** A source of another AS whose address and BGP Identifier are 192.0.2.{@code number}. */
  static PathSource external(int number) {
    return source(PathSource.Kind.EXTERNAL, number);
  }

  static PathSource source(PathSource.Kind kind, int number) {
    return new PathSource(
        kind,
        IpAddress.parse("192.0.2." + number),
        Ipv4Address.parse("192.0.2." + number),
        65000 + number);
  }

  static LearnedPath path(PathSource source, PathAttribute... attributes) {
    return path(source, content(attributes));
  }

  static LearnedPath path(PathSource source, LearnedPath.Content content) {
    return new PathSet().of(new PathPool(source), content, Imported.unchanged(content), List.of());
  }

  /** ORIGIN igp and the AS_PATH 65000 where the attributes do not say otherwise. */
  static LearnedPath.Content content(PathAttribute... attributes) {
    return content("203.0.113.1", attributes);
  }

  static LearnedPath.Content content(String nextHop, PathAttribute... attributes) {
    List<PathAttribute> all = new ArrayList<>(List.of(attributes));
    PathAttributes given = PathAttributes.of(attributes);
    if (given.get(Origin.class).isEmpty()) {
      all.add(Origin.IGP);
    }
    if (given.get(AsPath.class).isEmpty()) {
      all.add(AsPath.sequence(65000L));
    }
    return new LearnedPath.Content(
        PathAttributes.of(all), Optional.of(IpAddress.parse(nextHop)), 0);
  }

  static LocalPref localPref(long value) {
    return new LocalPref(value);
  }

  static MultiExitDisc med(long value) {
    return new MultiExitDisc(value);
  }

  static AsPath asPath(String text) {
    return AsPath.parse(text);
  }
}
