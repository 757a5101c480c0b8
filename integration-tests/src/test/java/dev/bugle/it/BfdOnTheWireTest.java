package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Bugle sends, as tshark reads it. */
class BfdOnTheWireTest extends BfdContract {

  private static final String SECRET = "a secret";

  /** In this order the columns of a row. One of each pair is empty: it is IPv4 or IPv6. */
  private static final List<String> FIELDS =
      List.of(
          "ip.ttl",
          "ipv6.hlim",
          "ip.dsfield.dscp",
          "ipv6.tclass.dscp",
          "udp.srcport",
          "udp.dstport",
          "bfd.version",
          "bfd.sta",
          "bfd.flags.p",
          "bfd.flags.f",
          "bfd.auth.type",
          "bfd.message_length",
          "_ws.malformed",
          "_ws.expert");

  private record Seen(List<String> row) {
    /** -1 when the packet does not have it. */
    int number(String field) {
      return text(field).isEmpty() ? -1 : Integer.decode(text(field));
    }

    String text(String field) {
      return row.get(FIELDS.indexOf(field));
    }

    /** Of the pair of fields the one that is there. */
    int number(String ofIpv4, String ofIpv6) {
      return Integer.decode(text(ofIpv4) + text(ofIpv6));
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void everyPacketOfASessionsLifeIsWellFormedAndMarkedAsControl(BfdPath.Family family) {
    List<Seen> packets = watchALife(BfdPath.over(machine(), family));
    assertThat(packets).allSatisfy(packet -> assertIsWellFormed(packet, 3784));
  }

  @Test
  void everyPacketOverSeveralHopsIsSoToo() {
    Wire wire = machine().wire();
    List<Seen> packets = watchALife(BfdPath.multihop(wire.hostV4(), wire.routerV4()));
    assertThat(packets).allSatisfy(packet -> assertIsWellFormed(packet, 4784));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void authenticationIsReadAsWhatItIs(AuthenticationType type) {
    BfdPath path = ipv4();
    Keys keys = Keys.of(type, 9, Secret.of(SECRET));
    int section = type.isDigest() ? 8 + type.keyLength() : 3 + SECRET.length();
    try (WireTap tap = tap(path)) {
      startBugle(BugleBfd.start(path, TIMING.profile().build(), config -> config.keys(keys)));
      List<Seen> packets = awaitState(tap, 1);
      assertThat(packets)
          .allSatisfy(
              packet -> {
                assertIsWellFormed(packet, 3784);
                assertThat(packet.number("bfd.auth.type")).isEqualTo(type.code());
                assertThat(packet.number("bfd.message_length")).isEqualTo(24 + section);
              });
    }
  }

  /** Up, with polls both ways, and switched off. */
  private List<Seen> watchALife(BfdPath path) {
    try (WireTap tap = tap(path)) {
      startBugle(BugleBfd.start(path, TIMING.profile().build()));
      startRouter(BfdKind.BIRD, BfdPeering.active(path, TIMING));
      awaitUp(TIMING, TIMING);
      BfdTiming slower = BfdTiming.millis(200, 200, 3);
      bugle().session().apply(slower.profile().build());
      awaitUp(slower, TIMING);
      router().retime(slower);
      awaitUp(slower, slower);
      bugle().session().disable();
      List<Seen> packets = awaitState(tap, 0);
      assertThat(packets).extracting(packet -> packet.number("bfd.sta")).contains(0, 1, 3);
      assertThat(packets).anyMatch(packet -> packet.text("bfd.flags.p").equals("1"));
      assertThat(packets).anyMatch(packet -> packet.text("bfd.flags.f").equals("1"));
      return packets;
    }
  }

  private WireTap tap(BfdPath path) {
    RequiredPeers.demand(WireTap.missing());
    return WireTap.watch(
        machine().wire(),
        "udp and src host " + path.bugle(),
        // What is no BFD to tshark shall be seen too.
        "udp.dstport == 3784 or udp.dstport == 4784",
        FIELDS);
  }

  private static List<Seen> awaitState(WireTap tap, int state) {
    return Eventually.see(
        "tshark reads a packet with the state " + state,
        Deadlines.ROUTE,
        () -> tap.rows().stream().map(Seen::new).toList(),
        packets -> packets.stream().anyMatch(packet -> packet.number("bfd.sta") == state));
  }

  private void assertIsWellFormed(Seen packet, int port) {
    assertThat(packet.text("_ws.malformed")).as("malformed in %s", packet).isEmpty();
    assertThat(packet.text("_ws.expert")).as("remarks on %s", packet).isEmpty();
    assertThat(packet.number("bfd.version")).isEqualTo(1);
    assertThat(packet.number("ip.ttl", "ipv6.hlim")).as("TTL").isEqualTo(255);
    assertThat(packet.number("ip.dsfield.dscp", "ipv6.tclass.dscp")).as("CS6").isEqualTo(48);
    assertThat(packet.number("udp.dstport")).isEqualTo(port);
    assertThat(packet.number("udp.srcport"))
        .isBetween(49152, 65535)
        .isEqualTo(bugle().status().sourcePort());
  }
}
