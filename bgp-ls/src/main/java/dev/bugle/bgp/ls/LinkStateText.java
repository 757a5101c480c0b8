package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.TextCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** NLRI as people write them: words and values between blanks, read from left to right. */
final class LinkStateText {

  private static final List<String> KINDS =
      List.of(
          NodeNlri.WORD,
          LinkNlri.WORD,
          PrefixNlri.IPV4_WORD,
          PrefixNlri.IPV6_WORD,
          UnknownLinkStateNlri.WORD);

  private final TextCursor cursor;

  private LinkStateText(String text) {
    this.cursor = new TextCursor(text);
    cursor.skipSpaces();
  }

  static String of(String word, Source source, String tlvs) {
    return (word + " " + source + " " + tlvs).stripTrailing();
  }

  static LinkStateNlri parse(String text) {
    LinkStateText words = new LinkStateText(text);
    String kind = words.next("one of " + String.join(", ", KINDS), LinkStateText::kind);
    LinkStateNlri nlri =
        switch (kind) {
          case NodeNlri.WORD -> new NodeNlri(words.source(), words.tlvs(Descriptor.OF_NODE_NLRI));
          case LinkNlri.WORD -> new LinkNlri(words.source(), words.tlvs(Descriptor.OF_LINK_NLRI));
          case PrefixNlri.IPV4_WORD -> words.prefix(true);
          case PrefixNlri.IPV6_WORD -> words.prefix(false);
          default -> words.unknown();
        };
    words.cursor.expectEnd();
    return nlri;
  }

  private static String kind(String word) {
    if (!KINDS.contains(word)) {
      throw new IllegalArgumentException("'" + word + "' is none of them");
    }
    return word;
  }

  private PrefixNlri prefix(boolean isIpv4) {
    return new PrefixNlri(isIpv4, source(), tlvs(PrefixNlri.table(isIpv4)));
  }

  private UnknownLinkStateNlri unknown() {
    int type = next("a type of 0 to 65535", Integer::parseInt);
    Tlv octets = next("0x and octets", text -> Descriptor.OF_NODE_NLRI.parse("tlv-0", text));
    return new UnknownLinkStateNlri(type, octets.value());
  }

  private Source source() {
    ProtocolId protocol = next("a protocol like isis-level-2", ProtocolId::parse);
    next(
        "'id'",
        word -> {
          if (!word.equals("id")) {
            throw new IllegalArgumentException("'" + word + "' is not 'id'");
          }
          return word;
        });
    return new Source(protocol, next("the number of an instance", Long::parseUnsignedLong));
  }

  /** All TLVs that come next and are of this table. */
  private Tlvs tlvs(TlvTable table) {
    List<Tlv> list = new ArrayList<>();
    while (!cursor.atEnd()) {
      int start = cursor.position();
      String word = word();
      if (!table.knows(word)) {
        cursor.moveTo(start);
        break;
      }
      if (word.equals(Descriptor.LOCAL_NODE.toString())) {
        list.add(node(Descriptor.LOCAL_NODE));
      } else if (word.equals(Descriptor.REMOTE_NODE.toString())) {
        list.add(node(Descriptor.REMOTE_NODE));
      } else {
        list.add(next("the value of " + word, value -> table.parse(word, value)));
      }
    }
    return new Tlvs(list.stream().sorted().toList());
  }

  private Tlv node(TlvType<NodeDescriptors> type) {
    Bytes descriptors = tlvs(Descriptor.OF_NODES).toBytes();
    return new Tlv(type.code(), descriptors);
  }

  private String word() {
    String word = cursor.until(" ");
    cursor.skipSpaces();
    return word;
  }

  private <T> T next(String expected, Function<String, T> parser) {
    if (cursor.atEnd()) {
      throw cursor.fault(expected);
    }
    int start = cursor.position();
    String word = word();
    try {
      return parser.apply(word);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "column "
              + (start + 1)
              + " of '"
              + cursor.text()
              + "': expected "
              + expected
              + ": "
              + wrong.getMessage(),
          wrong);
    }
  }
}
