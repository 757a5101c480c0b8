package dev.bugle.bgp;

import dev.bugle.bgp.rib.table.Eligibility;
import dev.bugle.bgp.rib.table.Import;
import dev.bugle.bgp.rib.table.Imported;
import dev.bugle.bgp.rib.table.LearnedPath;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PackedPrefixes;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an UPDATE says to the routing tables, with all that can be found out about it without them:
 * that is done by the thread of the session, of which there are several.
 *
 * @param withdrawals by family
 * @param announcements by family
 */
record LearnedUpdate(List<Withdrawal> withdrawals, List<Announcement> announcements) {

  private static final int NEXT_HOP = 3;
  private static final int MP_REACH_NLRI = 14;
  private static final int MP_UNREACH_NLRI = 15;

  /** What is no longer reachable. */
  record Withdrawal(AddressFamily family, List<Nlri> destinations) {}

  /**
   * What is reachable, all in the same way.
   *
   * @param imports the session's for the family, when the UPDATE came
   * @param content of the path, without an identifier
   * @param admitted whether the path can be used at all
   * @param accepted what becomes of the path, where its destination does not matter for that
   */
  record Announcement(
      AddressFamily family,
      List<Nlri> destinations,
      Import imports,
      LearnedPath.Content content,
      Eligibility admitted,
      Optional<Imported> accepted) {

    /** Whether one path is that of all destinations, whatever they are. */
    boolean isAlike() {
      return accepted.isPresent() && destinations instanceof PackedPrefixes;
    }

    /** What becomes of the path with this identifier, where its destination does not matter. */
    Imported imported(long identifier) {
      return accepted.orElseThrow().identifiedBy(identifier);
    }
  }

  /**
   * What an UPDATE says of these families.
   *
   * @param agreed those that the session carries
   */
  static LearnedUpdate of(UpdateMessage update, Import imports, Set<AddressFamily> agreed) {
    return new LearnedUpdate(withdrawals(update, agreed), announcements(update, imports, agreed));
  }

  private static List<Withdrawal> withdrawals(UpdateMessage update, Set<AddressFamily> agreed) {
    Map<AddressFamily, List<Nlri>> withdrawn = update.withdrawn();
    if (withdrawn.isEmpty()) {
      return List.of();
    }
    List<Withdrawal> withdrawals = new ArrayList<>(1);
    for (Map.Entry<AddressFamily, List<Nlri>> each : withdrawn.entrySet()) {
      if (agreed.contains(each.getKey())) {
        withdrawals.add(new Withdrawal(each.getKey(), each.getValue()));
      }
    }
    return withdrawals;
  }

  private static List<Announcement> announcements(
      UpdateMessage update, Import imports, Set<AddressFamily> agreed) {
    Map<AddressFamily, List<Nlri>> announced = update.announced();
    if (announced.isEmpty()) {
      return List.of();
    }
    List<Announcement> announcements = new ArrayList<>(1);
    for (Map.Entry<AddressFamily, List<Nlri>> each : announced.entrySet()) {
      Optional<IpAddress> nextHop = nextHop(update.attributes(), each.getKey());
      if (agreed.contains(each.getKey()) && nextHop.isPresent() == each.getKey().hasNextHops()) {
        announcements.add(
            announcement(
                each.getKey(),
                each.getValue(),
                content(update, nextHop),
                imports.of(each.getKey())));
      } // Else not negotiated; or of a family that is not known, and has no address there.
    }
    return announcements;
  }

  private static Announcement announcement(
      AddressFamily family, List<Nlri> destinations, LearnedPath.Content content, Import imports) {
    Eligibility admitted = imports.admit(content);
    Optional<Imported> accepted =
        imports.dependsOnDestination()
            ? Optional.empty()
            : Optional.of(imports.apply(any(destinations), content, admitted));
    return new Announcement(family, destinations, imports, content, admitted, accepted);
  }

  /** The policy does not look at it. */
  private static Nlri any(List<Nlri> destinations) {
    Nlri first = destinations.get(0);
    return first instanceof PathNlri path ? path.nlri() : first;
  }

  private static LearnedPath.Content content(UpdateMessage update, Optional<IpAddress> nextHop) {
    PathAttributes kept =
        update.attributes().without(NEXT_HOP).without(MP_REACH_NLRI).without(MP_UNREACH_NLRI);
    return new LearnedPath.Content(kept, nextHop, 0);
  }

  private static Optional<IpAddress> nextHop(PathAttributes attributes, AddressFamily family) {
    if (!family.hasNextHops()) {
      return Optional.empty(); // RFC 8955 §4: whatever stands there
    }
    Optional<MpReach> reach =
        attributes.get(MpReach.class).filter(mp -> mp.family().equals(family));
    return reach.isPresent()
        ? reach.flatMap(MpReach::nextHopAddress)
        : attributes.get(NextHop.class).map(NextHop::address);
  }
}
