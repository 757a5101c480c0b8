package dev.bugle.bgp.wire.nlri;

import java.util.Arrays;
import java.util.Optional;

/** What of a packet a component of a flow specification looks at (RFC 8955 §4.2.2, RFC 8956 §3). */
public enum FlowComponentType {
  /** Destination prefix. */
  DESTINATION(1, Kind.PREFIX, 0, "destination"),
  /** Source prefix. */
  SOURCE(2, Kind.PREFIX, 0, "source"),
  /** IP protocol; in IPv6 the upper-layer protocol. */
  PROTOCOL(3, Kind.NUMBERS, 8, "protocol"),
  /** Source or destination port. */
  PORT(4, Kind.NUMBERS, 8, "port"),
  /** Destination port. */
  DESTINATION_PORT(5, Kind.NUMBERS, 8, "destination-port"),
  /** Source port. */
  SOURCE_PORT(6, Kind.NUMBERS, 8, "source-port"),
  /** ICMP or ICMPv6 type. */
  ICMP_TYPE(7, Kind.NUMBERS, 8, "icmp-type"),
  /** ICMP or ICMPv6 code. */
  ICMP_CODE(8, Kind.NUMBERS, 8, "icmp-code"),
  /** The flags of the TCP header, the last octet of them or all. */
  TCP_FLAGS(9, Kind.BITS, 2, "tcp-flags"),
  /** Length of the IP packet in octets. */
  PACKET_LENGTH(10, Kind.NUMBERS, 8, "packet-length"),
  /** DiffServ code point. */
  DSCP(11, Kind.NUMBERS, 1, "dscp"),
  /** What fragment of a packet it is. */
  FRAGMENT(12, Kind.BITS, 1, "fragment"),
  /** The flow label of IPv6; there is none in IPv4. */
  FLOW_LABEL(13, Kind.NUMBERS, 8, "flow-label");

  /** What the value of a component is made of. */
  enum Kind {
    PREFIX,
    NUMBERS,
    BITS
  }

  private final int code;
  private final Kind kind;
  private final int widest;
  private final String word;

  /**
   * A row.
   *
   * @param widest how many octets a value may have, where the RFC says MUST
   */
  FlowComponentType(int code, Kind kind, int widest, String word) {
    this.code = code;
    this.kind = kind;
    this.widest = widest;
    this.word = word;
  }

  static Optional<FlowComponentType> of(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  static Optional<FlowComponentType> ofWord(String word) {
    return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
  }

  /** The type octet, which also gives the order of components. */
  public int code() {
    return code;
  }

  Kind kind() {
    return kind;
  }

  int widest() {
    return widest;
  }

  /** How it is written, like {@code destination-port}. */
  @Override
  public String toString() {
    return word;
  }
}
