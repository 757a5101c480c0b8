package dev.bugle.it;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** UPDATEs by chance, each of one family or of both. What they say is noted in the tables. */
final class RandomUpdates {

  private static final Ipv6Address LINK_LOCAL = Ipv6Address.parse("fe80::");

  private final Random random;
  private final RandomAttributes attributes;
  private final FeedersTables tables;
  private final List<Prefix> ipv4;
  private final List<Prefix> ipv6;

  RandomUpdates(Random random, RandomAttributes attributes, FeedersTables tables) {
    this.random = random;
    this.attributes = attributes;
    this.tables = tables;
    ipv4 = prefixes(this::ipv4Prefix);
    ipv6 = prefixes(this::ipv6Prefix);
  }

  private List<Prefix> prefixes(Supplier<Prefix> one) {
    return Stream.generate(one).limit(random.nextInt(50, 200)).toList();
  }

  private Prefix ipv4Prefix() {
    int length = random.nextInt(100) < 80 ? 24 : random.nextInt(16, 33);
    int bits = Ipv4Address.parse("198.18.0.0").bits() | random.nextInt(1 << 17);
    return new Prefix(new Ipv4Address(bits).masked(length), length);
  }

  private Prefix ipv6Prefix() {
    int length = random.nextInt(100) < 80 ? 64 : random.nextInt(40, 129);
    long high = Ipv6Address.parse("2001:db8::").high() | random.nextInt(1 << 17);
    return new Prefix(new Ipv6Address(high, random.nextLong()).masked(length), length);
  }

  /** So many of them. */
  List<UpdateMessage> of(ComparedPeer feeder, int number) {
    return Stream.generate(() -> update(feeder)).limit(number).toList();
  }

  private UpdateMessage update(ComparedPeer feeder) {
    PathAttributes said = attributes.of(feeder);
    int families = random.nextInt(3);
    UpdateMessage update = new UpdateMessage(List.of(), PathAttributes.EMPTY, List.of());
    if (families != 0) {
      update = isWithdrawal() ? withdrawal(feeder, some(ipv4)) : ipv4(feeder, said, some(ipv4));
    }
    if (families != 1) {
      update =
          isWithdrawal()
              ? withIpv6Withdrawal(update, feeder, some(ipv6))
              : withIpv6(update, feeder, said, some(ipv6));
    }
    return update;
  }

  private boolean isWithdrawal() {
    return random.nextInt(100) < 25;
  }

  private List<Prefix> some(List<Prefix> all) {
    return random.ints(random.nextInt(1, 10), 0, all.size()).mapToObj(all::get).distinct().toList();
  }

  private UpdateMessage ipv4(ComparedPeer feeder, PathAttributes said, List<Prefix> some) {
    NextHop nextHop = new NextHop((Ipv4Address) attributes.nextHop(feeder, true));
    PathAttributes all = said.with(nextHop);
    some.forEach(prefix -> tables.announce(feeder, prefix, all));
    return new UpdateMessage(List.of(), all, some);
  }

  private UpdateMessage withIpv6(
      UpdateMessage update, ComparedPeer feeder, PathAttributes said, List<Prefix> some) {
    Ipv6Address nextHop = (Ipv6Address) attributes.nextHop(feeder, false);
    MpReach reach = random.nextInt(100) < 20 ? withLinkLocal(nextHop, some) : reach(nextHop, some);
    PathAttributes noted = said.with(new MpReach(reach.family(), reach.nextHop(), List.of()));
    some.forEach(prefix -> tables.announce(feeder, prefix, noted));
    PathAttributes all = update.nlri().isEmpty() ? said : update.attributes();
    if (update.nlri().isEmpty() && random.nextInt(100) < 10) {
      // It is for IPv4, and there is none (RFC 4760 §3).
      all = all.with(new NextHop((Ipv4Address) attributes.nextHop(feeder, true)));
    }
    return new UpdateMessage(update.withdrawnRoutes(), all.with(reach), update.nlri());
  }

  private static MpReach reach(IpAddress nextHop, List<Prefix> some) {
    return MpReach.of(AddressFamily.IPV6_UNICAST, nextHop, some);
  }

  /** RFC 2545 §3: so it may be in a network that all share. */
  private static MpReach withLinkLocal(Ipv6Address nextHop, List<Prefix> some) {
    Ipv6Address linkLocal = new Ipv6Address(LINK_LOCAL.high(), nextHop.low());
    return MpReach.of(AddressFamily.IPV6_UNICAST, nextHop, linkLocal, some);
  }

  private UpdateMessage withdrawal(ComparedPeer feeder, List<Prefix> some) {
    some.forEach(prefix -> tables.withdraw(feeder, prefix));
    return new UpdateMessage(some, PathAttributes.EMPTY, List.of());
  }

  private UpdateMessage withIpv6Withdrawal(
      UpdateMessage update, ComparedPeer feeder, List<Prefix> some) {
    some.forEach(prefix -> tables.withdraw(feeder, prefix));
    MpUnreach unreach = new MpUnreach(AddressFamily.IPV6_UNICAST, List.copyOf(some));
    return new UpdateMessage(
        update.withdrawnRoutes(), update.attributes().with(unreach), update.nlri());
  }

  /** Withdraws all that the feeder announces. */
  List<UpdateMessage> nothing(ComparedPeer feeder) {
    List<Prefix> all = tables.prefixes(feeder);
    List<Prefix> ofIpv6 = all.stream().filter(prefix -> !prefix.address().isIpv4()).toList();
    List<Prefix> ofIpv4 = all.stream().filter(prefix -> prefix.address().isIpv4()).toList();
    UpdateMessage empty = new UpdateMessage(List.of(), PathAttributes.EMPTY, List.of());
    return List.of(withdrawal(feeder, ofIpv4), withIpv6Withdrawal(empty, feeder, ofIpv6));
  }

  /** Announces the prefixes that a feeder ends a step with, one of each family. */
  List<UpdateMessage> mark(ComparedPeer feeder, int step) {
    PathAttributes marked = attributes.mark(feeder, step);
    NextHop nextHop = new NextHop((Ipv4Address) attributes.own(feeder, true));
    MpReach reach = reach(attributes.own(feeder, false), List.of(ipv6Mark(feeder)));
    return List.of(
        new UpdateMessage(List.of(), marked.with(nextHop), List.of(ipv4Mark(feeder))),
        new UpdateMessage(List.of(), marked.with(reach), List.of()));
  }

  static Prefix ipv4Mark(ComparedPeer feeder) {
    return new Prefix(Ipv4Address.parse("203.0.113." + feeder.host()), 32);
  }

  static Prefix ipv6Mark(ComparedPeer feeder) {
    return new Prefix(Ipv6Address.parse("2001:db8:ffff::" + feeder.host()), 128);
  }
}
