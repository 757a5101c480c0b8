package dev.bugle.advertiser.api;

import dev.bugle.advertiser.VipDecision;
import dev.bugle.advertiser.admin.Parameter;
import dev.bugle.advertiser.admin.Problem;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.PeerStatus;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what a path names: VIPs, or a peer. */
final class Named {

  /** How many names a message has at most. */
  private static final int EXAMPLES = 20;

  static final Parameter VIP =
      new Parameter(
          "vip",
          Parameter.Kind.PREFIX,
          "The name or the prefix of a VIP; an address alone stands for its /32 or /128.",
          "203.0.113.10/32");

  static final Parameter PEER =
      new Parameter(
          "peer",
          Parameter.Kind.SEGMENT,
          "The address of a peer, its description, or the interface that it is behind.",
          "192.0.2.254");

  private Named() {}

  /**
   * All that are called so: several VIPs can have one prefix.
   *
   * @throws Problem 404 when there is none
   */
  static List<VipDecision> vips(String called, Collection<VipDecision> all) throws Problem {
    List<VipDecision> found = all.stream().filter(one -> one.vip().isCalled(called)).toList();
    if (found.isEmpty()) {
      String prefix = prefix(called);
      found = all.stream().filter(one -> one.vip().isCalled(prefix)).toList();
    }
    if (found.isEmpty()) {
      throw notFound("VIP " + called, all.stream().map(VipDecision::vip).map(Vip::toString));
    }
    return found;
  }

  /** In the one way in which prefixes are written; text that is none stays as it is. */
  private static String prefix(String text) {
    try {
      return text.contains("/") ? Prefix.parse(text).toString() : whole(IpAddress.parse(text));
    } catch (IllegalArgumentException other) {
      return text;
    }
  }

  private static String whole(IpAddress address) {
    return new Prefix(address, address.bitLength()).toString();
  }

  /**
   * The one that is called so.
   *
   * @throws Problem 404 when there is none, or more than one
   */
  static PeerStatus peer(String called, Collection<PeerStatus> all) throws Problem {
    List<PeerStatus> found = all.stream().filter(one -> isCalled(one, called)).toList();
    if (found.size() > 1) {
      throw Problem.of(
          404,
          "there are "
              + found.size()
              + " peers "
              + called
              + "; name one of them by its address: "
              + examples(found.stream().map(PeerForm::name)));
    }
    if (found.isEmpty()) {
      throw notFound("peer " + called, all.stream().map(PeerForm::name));
    }
    return found.get(0);
  }

  private static boolean isCalled(PeerStatus peer, String called) {
    return peer.peer().description().equals(called)
        || peer.peer().peerAddress().toString().equals(called)
        || isAddress(peer.peer().address(), called);
  }

  /** However it is written, and without the zone, which a path cannot have. */
  private static boolean isAddress(IpAddress address, String text) {
    try {
      return IpAddress.parse(text).equals(address);
    } catch (IllegalArgumentException other) {
      return false;
    }
  }

  private static Problem notFound(String what, Stream<String> others) {
    String there = examples(others);
    return Problem.of(
        404,
        "there is no " + what + "; " + (there.isEmpty() ? "there is none" : "there are " + there));
  }

  private static String examples(Stream<String> names) {
    return names.limit(EXAMPLES).collect(Collectors.joining(", "));
  }
}
