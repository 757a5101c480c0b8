package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.AddressFamily;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A flow specification: the packets that fulfil every one of some conditions (RFC 8955 §4, RFC 8956
 * §3). Without a condition it is all packets. What is done with them is in extended communities.
 *
 * @param ipv4 whether it is about IPv4; else IPv6
 * @param components in ascending order of type, each at most once; 4095 octets at most
 */
public record FlowSpec(boolean ipv4, List<FlowComponent> components) implements FamilyNlri {

  /** The longest that two octets of length can say. */
  static final int MAX_LENGTH = 0xFFF;

  /** From this length on, two octets say it (RFC 8955 §4.1). */
  private static final int LONG = 0xF0;

  /** Checks the order and the length, and copies the list. */
  public FlowSpec {
    components = List.copyOf(components);
    int before = 0;
    for (FlowComponent component : components) {
      int code = component.type().code();
      if (code <= before) {
        throw new IllegalArgumentException(
            component.type() + " is out of order, or there twice; the order is that of the types");
      }
      if (!component.fits(ipv4)) {
        throw new IllegalArgumentException(
            component + " has no place in a flow specification of " + (ipv4 ? "IPv4" : "IPv6"));
      }
      before = code;
    }
    int length = components.stream().mapToInt(FlowComponent::encodedLength).sum();
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException("a flow specification of " + length + " octets, not 4095");
    }
  }

  /**
   * Parses {@code flow4} or {@code flow6} and components by name, like {@code flow4 destination
   * 203.0.113.0/24 protocol =6 destination-port =80|>=8000&<=8080}; see {@link FlowMatches} and
   * {@link FlowPrefix} for the values.
   *
   * @throws IllegalArgumentException saying what is wrong where in the text
   */
  public static FlowSpec parse(String text) {
    return Words.parse(text, FlowSpec::parse);
  }

  static FlowSpec parse(Words words) {
    boolean ipv4 = words.take("flow4");
    if (!ipv4 && !words.take("flow6")) {
      throw words.wrong("'flow4' or 'flow6'");
    }
    List<FlowComponent> components = new ArrayList<>();
    while (words.hasNext()) {
      FlowComponentType type =
          words.next("a component like destination or port", FlowSpec::componentType);
      components.add(
          words.next(
              type.kind() == FlowComponentType.Kind.PREFIX ? "a prefix" : "comparisons",
              value ->
                  type.kind() == FlowComponentType.Kind.PREFIX
                      ? FlowPrefix.parse(type, value)
                      : FlowMatchText.parse(type, value)));
    }
    return new FlowSpec(ipv4, components);
  }

  private static FlowComponentType componentType(String word) {
    return FlowComponentType.ofWord(word)
        .orElseThrow(() -> new IllegalArgumentException("there is no component of this name"));
  }

  static FlowSpec decode(ByteBuf field, boolean ipv4) {
    return decodeComponents(
        FamilyCodec.slice(field, decodeLength(field), "a flow specification"), ipv4);
  }

  /** Reads one octet of length, or two. */
  static int decodeLength(ByteBuf field) {
    int length = field.readUnsignedByte();
    if (length < LONG) {
      return length;
    }
    FamilyCodec.require(field, 1, "the length of a flow specification");
    return (length & 0xF) << 8 | field.readUnsignedByte();
  }

  static FlowSpec decodeComponents(ByteBuf octets, boolean ipv4) {
    List<FlowComponent> components = new ArrayList<>();
    int before = 0;
    while (octets.isReadable()) {
      int code = octets.readUnsignedByte();
      // An unknown type has no length that could be skipped, so it is a fault (RFC 8955 §4.2).
      FlowComponentType type =
          FlowComponentType.of(code)
              .filter(known -> !ipv4 || known != FlowComponentType.FLOW_LABEL)
              .orElseThrow(
                  () -> FamilyCodec.malformed("unknown flow specification component " + code));
      if (code <= before) {
        throw FamilyCodec.malformed("component " + type + " is out of order, or there twice");
      }
      before = code;
      components.add(
          type.kind() == FlowComponentType.Kind.PREFIX
              ? FlowPrefix.decode(type, octets, ipv4)
              : FlowMatches.decode(type, octets));
    }
    return new FlowSpec(ipv4, components);
  }

  @Override
  public boolean belongsTo(AddressFamily family) {
    return family.equals(ipv4 ? AddressFamily.IPV4_FLOWSPEC : AddressFamily.IPV6_FLOWSPEC);
  }

  static void encodeLength(int length, ByteBuf out) {
    if (length < LONG) {
      out.writeByte(length);
    } else {
      out.writeShort(LONG << 8 | length);
    }
  }

  @Override
  public void encode(ByteBuf out) {
    encodeLength(length(), out);
    encodeComponents(out);
  }

  void encodeComponents(ByteBuf out) {
    components.forEach(component -> component.encode(out));
  }

  /** Octets of the components. */
  int length() {
    return components.stream().mapToInt(FlowComponent::encodedLength).sum();
  }

  @Override
  public int encodedLength() {
    return withLength(length());
  }

  /** These octets and those of their length. */
  static int withLength(int length) {
    return (length < LONG ? 1 : 2) + length;
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return (ipv4 ? "flow4" : "flow6")
        + components.stream().map(component -> " " + component).collect(Collectors.joining());
  }
}
