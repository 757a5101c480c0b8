package dev.bugle.bgp.wire.nlri;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The comparisons of which one must hold; those joined by AND, together (RFC 8955 §4.2.1).
 *
 * @param type of numbers or of bits
 * @param matches at least one, the first without AND
 */
public record FlowMatches(FlowComponentType type, List<FlowMatch> matches)
    implements FlowComponent {

  /** Checks the comparisons, and copies the list. */
  public FlowMatches {
    matches = List.copyOf(matches);
    if (type.kind() == FlowComponentType.Kind.PREFIX) {
      throw new IllegalArgumentException(type + " is a prefix");
    }
    if (matches.isEmpty()) {
      throw new IllegalArgumentException(type + " has nothing to compare with");
    }
    if (matches.get(0).and()) {
      throw new IllegalArgumentException("the first comparison of " + type + " has none before it");
    }
    for (FlowMatch match : matches) {
      if (match.octets() > type.widest()) {
        throw new IllegalArgumentException(
            type + " is compared with " + type.widest() + " octets at most, not " + match.octets());
      }
      if (match.operator() > operators(type)) {
        throw new IllegalArgumentException("operator " + match.operator() + " is none of " + type);
      }
    }
  }

  /** The operator bits that have a meaning. */
  private static int operators(FlowComponentType type) {
    return type.kind() == FlowComponentType.Kind.BITS ? 3 : 7;
  }

  /** The same from comparisons one by one. */
  public static FlowMatches of(FlowComponentType type, FlowMatch... matches) {
    return new FlowMatches(type, List.of(matches));
  }

  static FlowMatches decode(FlowComponentType type, ByteBuf in) {
    List<FlowMatch> matches = new ArrayList<>();
    boolean last = false;
    while (!last) {
      FamilyCodec.require(in, 1, "a comparison of " + type);
      int octet = in.readUnsignedByte();
      last = FlowMatch.isEnd(octet);
      FlowMatch match = FlowMatch.decode(octet, operators(type), in, matches.isEmpty());
      if (match.octets() > type.widest()) {
        throw FamilyCodec.malformed(
            type + " is compared with " + match.octets() + " octets, not " + type.widest());
      }
      matches.add(match);
    }
    return new FlowMatches(type, matches);
  }

  @Override
  public boolean fits(boolean ipv4) {
    return !ipv4 || type != FlowComponentType.FLOW_LABEL;
  }

  @Override
  public void encode(ByteBuf out) {
    out.writeByte(type.code());
    for (int i = 0; i < matches.size(); i++) {
      matches.get(i).encode(out, i == matches.size() - 1);
    }
  }

  @Override
  public int encodedLength() {
    return 1 + matches.stream().mapToInt(FlowMatch::encodedLength).sum();
  }

  /** Like {@code destination-port =80|>=8000&<=8080} or {@code tcp-flags =SYN|!=ACK+PSH}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(type.toString()).append(' ');
    for (int i = 0; i < matches.size(); i++) {
      if (i > 0) {
        text.append(matches.get(i).and() ? '&' : '|');
      }
      text.append(FlowMatchText.text(type, matches.get(i)));
    }
    return text.toString();
  }
}
