package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Adj-RIB-Out of one session (RFC 4271 §3.2): what the peer has been told, and what it must
 * still be told.
 *
 * <p>Callers say what is desired; {@link #nextUpdate} makes the difference into UPDATEs, with as
 * many destinations of one path in each as fit. A destination that changes several times before it
 * is sent is sent once, in its newest form. Withdrawals go first.
 */
public final class AdjRibOut {

  private final CodecContext context;
  private final Set<AddressFamily> families;
  private final Map<Prefix, Path> sent = new HashMap<>();

  /** What is pending for a destination; the same entry stands in {@code groups}. */
  private final Map<Prefix, Group> pending = new HashMap<>();

  private final Map<Group, Set<Prefix>> groups = new LinkedHashMap<>();
  private final Set<AddressFamily> endOfRibDue = new LinkedHashSet<>();

  /** Destinations that may share an UPDATE. An empty path withdraws. */
  private record Group(AddressFamily family, Optional<Path> path) {}

  /** An empty table for the families that the session negotiated. */
  public AdjRibOut(Collection<AddressFamily> families, CodecContext context) {
    this.families = Set.copyOf(families);
    this.context = context;
  }

  /** The peer shall know this path; a family that was not negotiated is passed over. */
  public void announce(Prefix prefix, Path path) {
    if (!families.contains(prefix.family())) {
      return;
    }
    if (path.equals(sent.get(prefix))) {
      unschedule(prefix);
    } else {
      schedule(prefix, Optional.of(path));
    }
  }

  /** The peer shall know no path to this destination. */
  public void withdraw(Prefix prefix) {
    if (sent.containsKey(prefix)) {
      schedule(prefix, Optional.empty());
    } else {
      unschedule(prefix);
    }
  }

  /** Everything of this family is to be sent again (RFC 2918 §4). */
  public void refresh(AddressFamily family) {
    sent.forEach(
        (prefix, path) -> {
          if (prefix.family().equals(family) && !pending.containsKey(prefix)) {
            schedule(prefix, Optional.of(path));
          }
        });
  }

  /** After what is pending now, the End-of-RIB marker of every family is due (RFC 4724 §2). */
  public void finishInitialUpdate() {
    endOfRibDue.addAll(families);
  }

  /** Whether {@link #nextUpdate} has something to return. */
  public boolean hasPending() {
    return !pending.isEmpty() || !endOfRibDue.isEmpty();
  }

  /** How many destinations the peer knows from us, once everything returned has reached it. */
  public int size() {
    return sent.size();
  }

  /** How many destinations are still to be announced, changed or withdrawn. */
  public int pendingSize() {
    return pending.size();
  }

  private void schedule(Prefix prefix, Optional<Path> path) {
    unschedule(prefix);
    Group group = new Group(prefix.family(), path);
    pending.put(prefix, group);
    groups.computeIfAbsent(group, unused -> new LinkedHashSet<>()).add(prefix);
  }

  private void unschedule(Prefix prefix) {
    Group group = pending.remove(prefix);
    if (group != null) {
      Set<Prefix> members = groups.getOrDefault(group, Set.of());
      members.remove(prefix);
      if (members.isEmpty()) {
        groups.remove(group);
      }
    }
  }

  /**
   * The next UPDATE to send; it counts as sent. Empty when the peer has been told everything.
   *
   * @throws IllegalArgumentException when the attributes of a path leave no room for a destination
   */
  public Optional<UpdateMessage> nextUpdate() {
    Optional<Group> withdrawals =
        families.stream()
            .map(family -> new Group(family, Optional.empty()))
            .filter(groups::containsKey)
            .findFirst();
    Optional<Group> group = withdrawals.or(() -> groups.keySet().stream().findFirst());
    if (group.isPresent()) {
      return Optional.of(take(group.get()));
    }
    Iterator<AddressFamily> due = endOfRibDue.iterator();
    if (!due.hasNext()) {
      return Optional.empty();
    }
    AddressFamily family = due.next();
    due.remove();
    return Optional.of(UpdateMessage.endOfRib(family));
  }

  private UpdateMessage take(Group group) {
    int room = context.maxMessageLength() - overhead(group);
    Set<Prefix> members = groups.getOrDefault(group, Set.of());
    List<Prefix> taken = new ArrayList<>();
    Iterator<Prefix> rest = members.iterator();
    while (rest.hasNext()) {
      Prefix prefix = rest.next();
      room -= prefix.encodedLength();
      if (room < 0) {
        break;
      }
      rest.remove();
      pending.remove(prefix);
      taken.add(prefix);
      group.path().ifPresentOrElse(path -> sent.put(prefix, path), () -> sent.remove(prefix));
    }
    if (members.isEmpty()) {
      groups.remove(group);
    }
    if (taken.isEmpty()) {
      throw new IllegalArgumentException(
          "the path attributes leave no room in an UPDATE of "
              + context.maxMessageLength()
              + " octets: "
              + group.path());
    }
    return message(group, taken);
  }

  /** Octets of the UPDATE of this group without its destinations, reckoned generously. */
  private int overhead(Group group) {
    UpdateMessage empty = message(group, List.of());
    return UpdateMessage.MIN_LENGTH
        + empty.attributes().encodedLength(context)
        + 1; // MP_REACH_NLRI may need the second octet of its length once it is filled
  }

  private static UpdateMessage message(Group group, List<Prefix> prefixes) {
    boolean ipv4 = group.family().equals(AddressFamily.IPV4_UNICAST);
    List<Nlri> nlri = List.copyOf(prefixes);
    if (group.path().isEmpty()) {
      return ipv4
          ? new UpdateMessage(nlri, PathAttributes.EMPTY, List.of())
          : new UpdateMessage(
              List.of(), PathAttributes.of(new MpUnreach(group.family(), nlri)), List.of());
    }
    Path path = group.path().get();
    if (ipv4 && path.nextHop() instanceof Ipv4Address nextHop) {
      return new UpdateMessage(List.of(), path.attributes().with(new NextHop(nextHop)), nlri);
    }
    return new UpdateMessage(
        List.of(),
        path.attributes().with(MpReach.of(group.family(), path.nextHop(), nlri)),
        List.of());
  }
}
