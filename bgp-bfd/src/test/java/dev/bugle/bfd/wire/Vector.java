package dev.bugle.bfd.wire;

import dev.bugle.bfd.wire.ControlPacket.Flags;
import dev.bugle.bfd.wire.ControlPacket.Intervals;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One block of a {@code vectors/*.txt} file: a name after {@code ==}, then keys with their values.
 * {@code hex} is the datagram, {@code text} the packet in it, {@code writes} what that is encoded
 * to where it is not {@code hex}, {@code drop} the reason where it is discarded, {@code key} the
 * secret that signs it.
 */
record Vector(String name, Map<String, String> fields) {

  static List<Vector> read(String file) {
    List<Vector> vectors = new ArrayList<>();
    try (InputStream in = Vector.class.getResourceAsStream("/dev/bugle/bfd/wire/vectors/" + file)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("==")) {
          vectors.add(new Vector(file + ": " + line.substring(2).strip(), new LinkedHashMap<>()));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.strip().split(" ", 2);
          vectors.get(vectors.size() - 1).fields.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return vectors;
  }

  byte[] octets() {
    return HexFormat.of().parseHex(fields.get("hex").replace(" ", ""));
  }

  ByteBuf buffer() {
    return Unpooled.wrappedBuffer(octets());
  }

  String written() {
    return fields.getOrDefault("writes", fields.get("hex")).replace(" ", "");
  }

  static String hex(ControlPacket packet) {
    ByteBuf out = Unpooled.buffer();
    ControlPacketCodec.encode(packet, out);
    return ByteBufUtil.hexDump(out);
  }

  /** The packet in words; {@link #parse} reads it back. */
  static String text(ControlPacket packet) {
    Flags flags = packet.flags();
    Intervals intervals = packet.intervals();
    String bits =
        (flags.poll() ? "P" : "")
            + (flags.isFinal() ? "F" : "")
            + (flags.controlPlaneIndependent() ? "C" : "")
            + (flags.demand() ? "D" : "");
    return packet.state()
        + " flags="
        + bits
        + " diag="
        + packet.diagnostic().code()
        + " mult="
        + packet.detectMult()
        + " my="
        + Integer.toUnsignedString(packet.myDiscriminator())
        + " your="
        + Integer.toUnsignedString(packet.yourDiscriminator())
        + " tx="
        + intervals.desiredMinTxMicros()
        + " rx="
        + intervals.requiredMinRxMicros()
        + " echo="
        + intervals.requiredMinEchoRxMicros()
        + packet
            .authentication()
            .map(
                a ->
                    " auth="
                        + a.type()
                        + " key="
                        + a.keyId()
                        + " seq="
                        + Integer.toUnsignedString(a.sequenceNumber())
                        + " proof="
                        + HexFormat.of().formatHex(a.proof().toArray()))
            .orElse("");
  }

  static ControlPacket parse(String text) {
    Map<String, String> f = new LinkedHashMap<>();
    String[] words = text.split(" ");
    Arrays.stream(words).skip(1).forEach(w -> f.put(w.split("=", 2)[0], w.split("=", 2)[1]));
    String bits = f.get("flags");
    return new ControlPacket(
        new Diagnostic(Integer.parseInt(f.get("diag"))),
        State.valueOf(words[0]),
        new Flags(bits.contains("P"), bits.contains("F"), bits.contains("C"), bits.contains("D")),
        Integer.parseInt(f.get("mult")),
        Integer.parseUnsignedInt(f.get("my")),
        Integer.parseUnsignedInt(f.get("your")),
        new Intervals(
            Long.parseLong(f.get("tx")),
            Long.parseLong(f.get("rx")),
            Long.parseLong(f.get("echo"))),
        Optional.ofNullable(f.get("auth"))
            .map(
                type ->
                    new AuthenticationSection(
                        AuthenticationType.valueOf(type),
                        Integer.parseInt(f.get("key")),
                        Integer.parseUnsignedInt(f.get("seq")),
                        Secret.of(HexFormat.of().parseHex(f.get("proof"))))));
  }

  @Override
  public String toString() {
    return name;
  }
}
