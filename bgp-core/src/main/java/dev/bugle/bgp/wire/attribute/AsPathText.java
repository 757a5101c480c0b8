package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.TextCursor;
import dev.bugle.bgp.wire.attribute.AsPath.Segment;
import dev.bugle.bgp.wire.attribute.AsPath.SegmentType;
import java.util.ArrayList;
import java.util.List;

/** Reads AS paths as routers print them. */
final class AsPathText {

  /** What ends a number. */
  private static final String STOPS = " ,{}()[]";

  private final TextCursor text;
  private final List<Segment> segments = new ArrayList<>();

  private AsPathText(TextCursor text) {
    this.text = text;
  }

  static AsPath parse(String text) {
    AsPathText parser = new AsPathText(new TextCursor(text));
    parser.readAll();
    return new AsPath(parser.segments);
  }

  private void readAll() {
    text.skipSpaces();
    while (!text.atEnd()) {
      if (text.skip('{')) {
        readUpTo('}', SegmentType.AS_SET);
      } else if (text.skip('(')) {
        readUpTo(')', SegmentType.AS_CONFED_SEQUENCE);
      } else if (text.skip('[')) {
        readUpTo(']', SegmentType.AS_CONFED_SET);
      } else {
        readSequence();
      }
      text.skipSpaces();
    }
  }

  /** Numbers up to the end, or to a bracket that opens. */
  private void readSequence() {
    List<Long> asns = new ArrayList<>();
    while (!text.atEnd() && !text.isAt('{') && !text.isAt('(') && !text.isAt('[')) {
      asns.add(readNumber());
      text.skipSpaces();
    }
    for (int from = 0; from < asns.size(); from += Segment.MAX_LENGTH) {
      int to = Math.min(asns.size(), from + Segment.MAX_LENGTH);
      segments.add(new Segment(SegmentType.AS_SEQUENCE, asns.subList(from, to)));
    }
  }

  /** Numbers with commas or spaces between them, and the bracket that closes. */
  private void readUpTo(char close, SegmentType type) {
    List<Long> asns = new ArrayList<>();
    do {
      text.skipSpaces();
      asns.add(readNumber());
      text.skipSpaces();
      if (asns.size() > Segment.MAX_LENGTH) {
        throw text.fault("'" + close + "', for there are 255 AS numbers");
      }
    } while (text.skip(',') || !(text.isAt(close) || text.atEnd()));
    text.expect(close);
    segments.add(new Segment(type, asns));
  }

  private long readNumber() {
    int start = text.position();
    if (text.atEnd() || STOPS.indexOf(text.text().charAt(start)) >= 0) {
      throw text.fault("an AS number");
    }
    long asn = Asn.read(text, STOPS);
    if (asn == 0) {
      throw text.faultAt(start, "is not an AS number of a path: 1 to " + Asn.MAX);
    }
    return asn;
  }
}
