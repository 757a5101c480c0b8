package dev.bugle.it;

import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.ControlPacketCodec;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import dev.bugle.bfd.wire.State;
import dev.bugle.it.HostilePackets.Shot;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Packets on the wire that are not what the router sends: they are refused, each counted under its
 * reason, and the session with the router stays UP.
 */
class BfdHostileTest extends BfdContract {

  private static final int COPIES = 20;

  /** Reasons that name no session. */
  private static final List<DropReason> OF_NO_SESSION =
      List.of(
          DropReason.BAD_LENGTH,
          DropReason.BAD_VERSION,
          DropReason.ZERO_DETECT_MULT,
          DropReason.MULTIPOINT,
          DropReason.ZERO_MY_DISCRIMINATOR,
          DropReason.ZERO_YOUR_DISCRIMINATOR,
          DropReason.MALFORMED_AUTHENTICATION,
          DropReason.NO_SESSION);

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"IPV4", "IPV6"})
  void everySuchPacketIsRefusedAndTheSessionStaysUp(BfdPath.Family family) {
    BfdPath path = BfdPath.over(machine(), family);
    String stranger = addStranger(family);
    startBugle(BugleBfd.start(path, STEADY.profile().build()));
    startRouter(BfdKind.BIRD, BfdPeering.active(path, STEADY));
    awaitUp(STEADY, STEADY);

    List<Map.Entry<DropReason, Shot>> shots = shots(path, stranger);
    HostilePackets.send(machine(), 3784, COPIES, shots.stream().map(Map.Entry::getValue).toList());

    Map<DropReason, Long> expected = new EnumMap<>(DropReason.class);
    shots.forEach(shot -> expected.merge(shot.getKey(), (long) COPIES, Long::sum));
    Eventually.see(
        "Bugle has refused exactly " + expected,
        Deadlines.ROUTE,
        () -> counted(expected),
        expected::equals);
    assertNeverDown();
    awaitUp(STEADY, STEADY);
  }

  /** The machine has one more address, from which nothing is expected. */
  private String addStranger(BfdPath.Family family) {
    Wire wire = machine().wire();
    boolean ipv4 = family == BfdPath.Family.IPV4;
    String address = ipv4 ? wire.strangerV4() : wire.strangerV6();
    String prefix = address + "/" + (ipv4 ? wire.lengthV4() : wire.lengthV6());
    machine().run("ip", "addr", "add", prefix, "dev", "eth0", "nodad").succeeded();
    return address;
  }

  private Map<DropReason, Long> counted(Map<DropReason, Long> expected) {
    Map<DropReason, Long> all = new EnumMap<>(DropReason.class);
    expected
        .keySet()
        .forEach(
            reason ->
                all.put(
                    reason,
                    OF_NO_SESSION.contains(reason)
                        ? bugle().discarded(reason)
                        : bugle().dropped(reason)));
    return all;
  }

  /** Each would take the session down, were it not for the one thing that is wrong with it. */
  private List<Map.Entry<DropReason, Shot>> shots(BfdPath path, String stranger) {
    int known = bugle().status().localDiscriminator();
    byte[] down = down(known);
    byte[] toNobody = down(0);
    return List.of(
        shot(DropReason.LOW_TTL, path.router(), path, 254, down),
        shot(DropReason.LOW_TTL, path.router(), path, 1, down),
        shot(DropReason.LOW_TTL, path.router(), path, 254, toNobody),
        shot(DropReason.WRONG_SOURCE, stranger, path, 255, down),
        shot(DropReason.NO_SESSION, stranger, path, 255, toNobody),
        shot(DropReason.NO_SESSION, path.router(), path, 255, down(known ^ 0x10000)),
        shot(DropReason.NO_SESSION, path.router(), path, 255, down(known ^ 1)),
        shot(DropReason.NO_SESSION, path.router(), path, 255, down(-1)),
        shot(DropReason.BAD_LENGTH, path.router(), path, 255, new byte[0]),
        shot(DropReason.BAD_LENGTH, path.router(), path, 255, Arrays.copyOf(down, 23)),
        shot(DropReason.BAD_LENGTH, path.router(), path, 255, with(down, 3, 25)),
        shot(DropReason.BAD_VERSION, path.router(), path, 255, with(down, 0, 0x40)),
        shot(DropReason.ZERO_DETECT_MULT, path.router(), path, 255, with(down, 2, 0)),
        shot(DropReason.MULTIPOINT, path.router(), path, 255, with(down, 1, 0x41)),
        shot(DropReason.ZERO_MY_DISCRIMINATOR, path.router(), path, 255, withoutSender(down)),
        shot(DropReason.ZERO_YOUR_DISCRIMINATOR, path.router(), path, 255, with(toNobody, 1, 0xC0)),
        shot(DropReason.MALFORMED_AUTHENTICATION, path.router(), path, 255, malformed(known)),
        shot(DropReason.UNEXPECTED_AUTHENTICATION, path.router(), path, 255, signed(known)));
  }

  private static Map.Entry<DropReason, Shot> shot(
      DropReason reason, String from, BfdPath path, int ttl, byte[] octets) {
    return Map.entry(reason, new Shot(from, path.bugle(), ttl, HexFormat.of().formatHex(octets)));
  }

  /** That the router has gone down, in its own name. */
  private byte[] down(int yourDiscriminator) {
    return octets(packet(yourDiscriminator));
  }

  private ControlPacket packet(int yourDiscriminator) {
    ControlPacket routers = bugle().status().remote().orElseThrow();
    return new ControlPacket(
        Diagnostic.PATH_DOWN,
        State.DOWN,
        ControlPacket.Flags.NONE,
        routers.detectMult(),
        routers.myDiscriminator(),
        yourDiscriminator,
        routers.intervals(),
        Optional.empty());
  }

  private byte[] signed(int yourDiscriminator) {
    Keys keys = Keys.of(AuthenticationType.SIMPLE_PASSWORD, 1, Secret.of("guessed"));
    return octets(keys.sign(packet(yourDiscriminator), 0));
  }

  /** The length of its section is not the one that the packet leaves for it. */
  private byte[] malformed(int yourDiscriminator) {
    byte[] octets = signed(yourDiscriminator);
    return with(octets, 25, octets[25] + 1);
  }

  private static byte[] octets(ControlPacket packet) {
    ByteBuf encoded = Unpooled.buffer();
    ControlPacketCodec.encode(packet, encoded);
    return ByteBufUtil.getBytes(encoded);
  }

  private static byte[] with(byte[] octets, int index, int value) {
    byte[] changed = octets.clone();
    changed[index] = (byte) value;
    return changed;
  }

  private static byte[] withoutSender(byte[] octets) {
    byte[] changed = octets.clone();
    Arrays.fill(changed, 4, 8, (byte) 0);
    return changed;
  }
}
