package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Direction;
import dev.bugle.bgp.wire.message.AttributeBlock;
import dev.bugle.bgp.wire.message.PackedUpdates;
import dev.bugle.bgp.wire.message.UpdatePacker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes paths as a peer may have sent them, in UPDATEs of the form that was agreed with it. What
 * policy has made longer than that, or has given another next hop, is told all the same: who reads
 * it is no party to the agreement.
 */
final class PathPacking {

  /** Octets of a path identifier, whether there are any. */
  private static final int IDENTIFIER = 4;

  private final RoutingTable table;
  private final CodecContext codec;
  private final UpdatePacker packer;
  private final UpdatePacker extended;
  private final int longest;
  private final Map<LearnedPath, Group> announced = new LinkedHashMap<>();
  private final List<Integer> withdrawn = new ArrayList<>();
  private final List<Long> withdrawnIdentifiers = new ArrayList<>();

  /** The numbers of destinations that are announced alike. */
  private record Group(LearnedPath.Content as, List<Integer> numbers) {}

  /**
   * One that has nothing yet.
   *
   * @param agreed with the peer, as we see it: what it sends is what we receive
   */
  PathPacking(RoutingTable table, CodecContext agreed) {
    Set<AddressFamily> ipv6NextHops = new HashSet<>(agreed.received().extendedNextHop());
    ipv6NextHops.add(AddressFamily.IPV4_UNICAST);
    Direction sent = agreed.received().withExtendedNextHop(ipv6NextHops);
    this.table = table;
    // A policy may have given LOCAL_PREF to what came from another AS.
    this.codec = agreed.withExternal(false).withSent(sent);
    this.longest = sent.longestMessage();
    this.packer = new UpdatePacker(table.family(), codec);
    this.extended =
        new UpdatePacker(
            table.family(),
            codec.withSent(sent.withLongestMessage(Direction.MAX_EXTENDED_MESSAGE_LENGTH)));
  }

  /** Whether paths have identifiers (RFC 7911). */
  boolean severalPaths() {
    return codec.sent().pathIdentifiers().contains(table.family());
  }

  void withdraw(int number, long identifier) {
    withdrawn.add(number);
    withdrawnIdentifiers.add(identifier);
  }

  /** The path as it was received, or as it was accepted: one of both for all destinations. */
  void announce(int number, LearnedPath path, LearnedPath.Content as) {
    announced
        .computeIfAbsent(path, unused -> new Group(as, new ArrayList<>()))
        .numbers()
        .add(number);
  }

  /** All that was added since it was called last. */
  List<PackedUpdates> finish() {
    packer.withdraw();
    for (int i = 0; i < withdrawn.size(); i++) {
      table.destinations().write(withdrawn.get(i), withdrawnIdentifiers.get(i), packer);
    }
    withdrawn.clear();
    withdrawnIdentifiers.clear();
    announced.values().forEach(this::write);
    announced.clear();
    List<PackedUpdates> all = new ArrayList<>(packer.finish());
    all.addAll(extended.finish());
    return all;
  }

  private void write(Group group) {
    LearnedPath.Content path = group.as();
    AttributeBlock block;
    try {
      block = AttributeBlock.of(table.family(), path.attributes(), path.nextHop(), codec);
    } catch (IllegalArgumentException nextHop) { // of a kind that no UPDATE of the family has
      return;
    }
    packer.announce(block);
    extended.announce(block);
    for (int number : group.numbers()) {
      int length =
          block.messageLength() + IDENTIFIER + table.destinations().encodedLength(number, codec);
      if (length <= longest) {
        table.destinations().write(number, path.pathIdentifier(), packer);
      } else if (length <= Direction.MAX_EXTENDED_MESSAGE_LENGTH) {
        table.destinations().write(number, path.pathIdentifier(), extended);
      } // else there is no UPDATE for it
    }
  }
}
