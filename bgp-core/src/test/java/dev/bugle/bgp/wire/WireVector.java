package dev.bugle.bgp.wire;

import dev.bugle.bgp.wire.nlri.Families;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One block of a {@code vectors/*.txt} file: a name after {@code ==}, then keys with their values.
 *
 * <ul>
 *   <li>{@code hex} the message; {@code ff*16} repeats octets, here and in texts; lines without a
 *       key go on with it
 *   <li>{@code text} what it decodes to
 *   <li>{@code writes} the octets that the text is encoded to, where they are not those of {@code
 *       hex}
 *   <li>{@code error} the answer, where it does not decode
 *   <li>{@code context} where it is not the rule, which is 4-octet AS numbers and an external peer:
 *       {@code two-octet}, {@code internal}, {@code extended-message}, {@code extended-next-hop},
 *       {@code enhanced-refresh}, {@code add-path}
 * </ul>
 */
public record WireVector(String name, Map<String, String> fields) {

  private static final String DIRECTORY = "/dev/bugle/bgp/wire/vectors/";

  /** The context of most tests: 4-octet AS numbers, a peer in another AS. */
  public static final CodecContext CONTEXT =
      CodecContext.INITIAL.withFourOctetAs(true).withNlriCodecs(Families.ALL);

  /** Where the context is {@code add-path}. */
  private static final Set<AddressFamily> PATH_IDENTIFIERS =
      Set.of(
          AddressFamily.IPV4_UNICAST,
          AddressFamily.IPV6_UNICAST,
          AddressFamily.IPV4_VPN,
          AddressFamily.IPV4_FLOWSPEC,
          new AddressFamily(16388, 71));

  /** Where the context is {@code extended-next-hop}. */
  private static final Set<AddressFamily> IPV6_NEXT_HOPS =
      Set.of(
          AddressFamily.IPV4_UNICAST, AddressFamily.IPV4_LABELLED_UNICAST, AddressFamily.IPV4_VPN);

  /** A family that has no codec. */
  static final AddressFamily OPAQUE = new AddressFamily(16388, 71);

  /** All vectors of a file. */
  public static List<WireVector> read(String file) {
    List<WireVector> vectors = new ArrayList<>();
    String key = "";
    for (String line : lines(file)) {
      if (line.startsWith("==")) {
        vectors.add(new WireVector(file + ": " + line.substring(2).strip(), new LinkedHashMap<>()));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        boolean goesOn = line.startsWith(" ");
        String[] parts = line.strip().split(" ", 2);
        key = goesOn ? key : parts[0];
        String value = goesOn ? line.strip() : parts[1].strip();
        vectors.get(vectors.size() - 1).fields.merge(key, value, (a, b) -> a + " " + b);
      }
    }
    return vectors;
  }

  /** The lines of a test resource. */
  public static List<String> lines(String file) {
    try (InputStream in = WireVector.class.getResourceAsStream(DIRECTORY + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Octets written like {@code ff*16 0013 04}. */
  public static byte[] octets(String hex) {
    return HexFormat.of().parseHex(repeated(hex).replace(" ", ""));
  }

  private static String repeated(String text) {
    return Pattern.compile("(\\w+)\\*(\\d+)")
        .matcher(text)
        .replaceAll(match -> match.group(1).repeat(Integer.parseInt(match.group(2))));
  }

  public String text() {
    return repeated(fields.get("text"));
  }

  public byte[] octets() {
    return octets(fields.get("hex"));
  }

  public ByteBuf buffer() {
    return Unpooled.wrappedBuffer(octets());
  }

  public byte[] written() {
    return octets(fields.getOrDefault("writes", fields.get("hex")));
  }

  public boolean isFault() {
    return fields.containsKey("error");
  }

  public CodecContext context() {
    String context = fields.getOrDefault("context", "");
    return CONTEXT
        .withFourOctetAs(!context.contains("two-octet"))
        .withExternal(!context.contains("internal"))
        .withEnhancedRouteRefresh(context.contains("enhanced-refresh"))
        .withReceived(direction(context))
        .withSent(direction(context));
  }

  private static Direction direction(String context) {
    return Direction.INITIAL
        .withLongestMessage(context.contains("extended-message") ? 65535 : 4096)
        .withExtendedNextHop(context.contains("extended-next-hop") ? IPV6_NEXT_HOPS : Set.of())
        .withPathIdentifiers(context.contains("add-path") ? PATH_IDENTIFIERS : Set.of());
  }

  @Override
  public String toString() {
    return name;
  }
}
