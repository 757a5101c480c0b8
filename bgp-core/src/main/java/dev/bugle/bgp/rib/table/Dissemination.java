package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.message.UpdatePacker;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Route dissemination from one table (RFC 4271 §9.1.3, §9.2): who is told of it, in which update
 * groups, and what has changed that not all of them have been told. By the thread of the table.
 */
public final class Dissemination {

  private final RoutingTable table;

  /** Changes of the best path, for peers that take one. */
  private final ChangeLog best = new ChangeLog();

  /** Changes of any path, for peers that take several. */
  private final ChangeLog any = new ChangeLog();

  private final Map<PeerTerms, UpdateGroup> groups = new HashMap<>();
  private final PathIdentifiers identifiers = new PathIdentifiers();

  /** Who follows what was accepted of one peer, by that peer. */
  private final IdentityHashMap<Object, AcceptedReading> followers = new IdentityHashMap<>();

  Dissemination(RoutingTable table) {
    this.table = table;
  }

  /**
   * A session has begun, and is told everything from now on.
   *
   * @param source the session as a source of paths: what came from it is not told to it
   */
  public Recipient join(PeerTerms terms, PathSource source) {
    return new Recipient(this, table, terms, source);
  }

  /**
   * What a session has announced, before any policy, as it is now.
   *
   * @param agreed with the peer, as we see it
   */
  public TableReading received(PathSource source, CodecContext agreed) {
    return new ReceivedReading(table, source, agreed);
  }

  /**
   * What a session has announced and its import policy has accepted, and what changes of that. One
   * for a session at a time.
   *
   * @param agreed with the peer, as we see it
   */
  public TableReading accepted(PathSource source, CodecContext agreed) {
    AcceptedReading reading = new AcceptedReading(this, table, source, agreed);
    followers.put(source.peer(), reading);
    return reading;
  }

  void unfollow(AcceptedReading reading) {
    followers.remove(reading.source().peer(), reading);
  }

  /** A path of the destination is new, another, or gone. */
  void pathChanged(int number, LearnedPath path) {
    if (!followers.isEmpty()) {
      AcceptedReading follower = followers.get(path.source().peer());
      if (follower != null) {
        follower.changed(number);
      }
    }
  }

  /** Lets go of what all have been told; whoever has asked recipients calls this now and then. */
  public void trim() {
    best.trim(table::release);
    any.trim(table::release);
    for (UpdateGroup group : groups.values()) {
      if (log(group.severalPaths()).size() == 0) {
        group.rest();
      }
    }
  }

  /** How many different things are told: peers in one group share what is made for them. */
  public int groups() {
    return groups.size();
  }

  /** How often UPDATEs were packed, and not taken from what was packed for another peer. */
  public long packings() {
    return groups.values().stream().mapToLong(UpdateGroup::packings).sum();
  }

  UpdateGroup join(PeerTerms terms) {
    UpdateGroup group =
        groups.computeIfAbsent(
            terms.shared(),
            shared ->
                new UpdateGroup(
                    table, identifiers, shared, new UpdatePacker(table.family(), shared.codec())));
    group.join();
    return group;
  }

  void leave(UpdateGroup group) {
    if (group.leave()) {
      groups.remove(group.terms());
    }
  }

  ChangeLog log(boolean severalPaths) {
    return severalPaths ? any : best;
  }

  /** A path of the destination is another. */
  void changed(int number, boolean ofBest) {
    if (ofBest) {
      best.changed(number);
    }
    any.changed(number);
  }

  /** Whether somebody may still have to be told of the destination's last change. */
  boolean holds(int number) {
    return best.holds(number)
        || any.holds(number)
        || (!followers.isEmpty()
            && followers.values().stream().anyMatch(follower -> follower.holds(number)));
  }

  /** What paths become for the peers may be another thing from now on. */
  void forgetTold() {
    groups.values().forEach(UpdateGroup::forgetTold);
  }

  /** The path stands in the table no more. */
  void gone(LearnedPath path) {
    groups.values().forEach(group -> group.gone(path));
    identifiers.gone(path);
  }
}
