package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Destinations that wait to be told of in common UPDATEs, and the form of these.
 *
 * @param family of all the destinations
 * @param path empty to withdraw them
 * @param destinations in the order in which they are sent; changes
 */
record Batch(AddressFamily family, Optional<Path> path, Set<Nlri> destinations) {

  /** The longest attribute value whose length stands in one octet. */
  private static final int MAX_SHORT_VALUE = 255;

  static Batch announcing(AddressFamily family, Path path) {
    return new Batch(family, Optional.of(path), new LinkedHashSet<>());
  }

  static Batch withdrawing(AddressFamily family) {
    return new Batch(family, Optional.empty(), new LinkedHashSet<>());
  }

  /** Removes and returns as many destinations as one UPDATE holds; none if not even one fits. */
  List<Nlri> take(CodecContext context) {
    UpdateMessage empty = message(List.of());
    int room =
        context.sent().longestMessage()
            - UpdateMessage.MIN_LENGTH
            - empty.attributes().encodedLength(context);
    int multiprotocolValue = multiprotocolValueLength(empty.attributes());
    List<Nlri> taken = new ArrayList<>();
    int octets = 0;
    Iterator<Nlri> rest = destinations.iterator();
    while (rest.hasNext()) {
      Nlri nlri = rest.next();
      octets += context.nlriCodecs().encodedLength(family, nlri, context);
      // Inside an attribute they may push its length beyond one octet.
      boolean longer = multiprotocolValue > 0 && multiprotocolValue + octets > MAX_SHORT_VALUE;
      if (octets + (longer ? 1 : 0) > room) {
        break;
      }
      rest.remove();
      taken.add(nlri);
    }
    return taken;
  }

  private static int multiprotocolValueLength(PathAttributes withoutDestinations) {
    return withoutDestinations
        .get(MpReach.class)
        .map(reach -> 5 + reach.nextHop().length()) // RFC 4760 §3
        .or(() -> withoutDestinations.get(MpUnreach.class).map(unreach -> 3)) // RFC 4760 §4
        .orElse(0);
  }

  UpdateMessage message(List<Nlri> nlri) {
    return path.map(known -> announcement(known, nlri)).orElseGet(() -> withdrawal(nlri));
  }

  private UpdateMessage withdrawal(List<Nlri> nlri) {
    return family.equals(AddressFamily.IPV4_UNICAST)
        ? new UpdateMessage(nlri, PathAttributes.EMPTY, List.of())
        : new UpdateMessage(List.of(), PathAttributes.of(new MpUnreach(family, nlri)), List.of());
  }

  private UpdateMessage announcement(Path known, List<Nlri> nlri) {
    if (family.equals(AddressFamily.IPV4_UNICAST)
        && known.nextHop().orElse(null) instanceof Ipv4Address nextHop) {
      return new UpdateMessage(List.of(), known.attributes().with(new NextHop(nextHop)), nlri);
    }
    return new UpdateMessage(
        List.of(), known.attributes().with(MpReach.of(family, known.nextHop(), nlri)), List.of());
  }
}
