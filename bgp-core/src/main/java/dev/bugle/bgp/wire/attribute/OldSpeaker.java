package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.attribute.AsPath.Segment;
import dev.bugle.bgp.wire.attribute.AsPath.SegmentType;
import java.util.ArrayList;
import java.util.List;

/**
 * What changes when the peer knows only AS numbers of two octets, an "OLD BGP speaker" (RFC 6793
 * §4.2): the true numbers travel in AS4_PATH and AS4_AGGREGATOR. They exist on the wire only; our
 * attributes always hold the true numbers.
 */
final class OldSpeaker {

  private OldSpeaker() {}

  /** The attributes as they are written to it: with companions where a number would be lost. */
  static PathAttributes toWire(PathAttributes attributes) {
    PathAttributes written = withoutCompanions(attributes);
    AsPath path = attributes.get(AsPath.class).orElse(AsPath.EMPTY);
    if (path.needsAs4Path()) {
      written = written.with(path.toAs4Path());
    }
    Aggregator aggregator = attributes.get(Aggregator.class).orElse(null);
    if (aggregator != null && !Asn.fitsTwoOctets(aggregator.asn())) {
      written = written.with(new As4Aggregator(aggregator.asn(), aggregator.address()));
    }
    return written;
  }

  /** The attributes that it meant: the companions put in their places (RFC 6793 §4.2.3). */
  static PathAttributes fromWire(PathAttributes received) {
    PathAttributes meant = withoutCompanions(received);
    if (meant.equals(received)) {
      return received;
    }
    Aggregator aggregator = received.get(Aggregator.class).orElse(null);
    As4Aggregator as4Aggregator = received.get(As4Aggregator.class).orElse(null);
    if (aggregator != null && as4Aggregator != null) {
      if (aggregator.asn() != Asn.AS_TRANS) {
        return meant; // the last aggregator knew nothing of the companions: both are outdated
      }
      meant = meant.with(new Aggregator(as4Aggregator.asn(), as4Aggregator.address()));
    }
    AsPath path = received.get(AsPath.class).orElse(null);
    As4Path as4Path = received.get(As4Path.class).orElse(null);
    return path == null || as4Path == null ? meant : meant.with(join(path, as4Path));
  }

  /** Companions have no place between speakers of 4-octet AS numbers (RFC 6793 §4.1). */
  static PathAttributes withoutCompanions(PathAttributes attributes) {
    return attributes.without(AttributeType.AS4_PATH).without(AttributeType.AS4_AGGREGATOR);
  }

  /** The leading ASes that only the AS_PATH has, then the AS4_PATH. */
  private static AsPath join(AsPath path, As4Path as4Path) {
    int leading = path.length() - new AsPath(as4Path.segments()).length();
    if (leading < 0) {
      return path;
    }
    List<Segment> joined = new ArrayList<>();
    for (Segment segment : path.segments()) {
      if (segment.type().isConfederation()) {
        joined.add(segment);
      } else if (leading == 0) {
        break;
      } else if (segment.type() == SegmentType.AS_SET) {
        joined.add(segment);
        leading--;
      } else {
        int taken = Math.min(leading, segment.asns().size());
        joined.add(new Segment(segment.type(), segment.asns().subList(0, taken)));
        leading -= taken;
      }
    }
    return new AsPath(merge(joined, as4Path.segments()));
  }

  /** Where a sequence was cut in two, it becomes one again if it fits. */
  private static List<Segment> merge(List<Segment> leading, List<Segment> rest) {
    List<Segment> merged = new ArrayList<>(leading);
    List<Segment> following = new ArrayList<>(rest);
    if (!merged.isEmpty() && !following.isEmpty()) {
      Segment last = merged.get(merged.size() - 1);
      Segment first = following.get(0);
      if (last.type() == SegmentType.AS_SEQUENCE
          && first.type() == SegmentType.AS_SEQUENCE
          && last.asns().size() + first.asns().size() <= Segment.MAX_LENGTH) {
        List<Long> asns = new ArrayList<>(last.asns());
        asns.addAll(first.asns());
        merged.set(merged.size() - 1, new Segment(SegmentType.AS_SEQUENCE, asns));
        following.remove(0);
      }
    }
    merged.addAll(following);
    return merged;
  }
}
