package dev.bugle.bgp.rib;

import dev.bugle.bgp.rib.AsPathTerm.Choice;
import dev.bugle.bgp.rib.AsPathTerm.Numbers;
import dev.bugle.bgp.rib.AsPathTerm.Place;
import dev.bugle.bgp.rib.AsPathTerm.Repeated;
import dev.bugle.bgp.rib.AsPathTerm.Sequence;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.TextCursor;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of an {@link AsPathExpression}. */
final class AsPathExpressionText {

  private static final int LONGEST = 1000;

  /** What ends a number. */
  private static final String STOPS = " _-^$()|*+?";

  private final TextCursor text;

  private AsPathExpressionText(TextCursor text) {
    this.text = text;
  }

  static AsPathTerm parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "an AS path expression of "
              + text.length()
              + " characters is too long: "
              + LONGEST
              + " are allowed; make several of it");
    }
    if (text.replace('_', ' ').isBlank()) {
      throw new IllegalArgumentException(
          "an AS path expression is empty; write ^$ for the empty path, or .* for any");
    }
    AsPathExpressionText parser = new AsPathExpressionText(new TextCursor(text));
    AsPathTerm whole = parser.readChoice();
    if (!parser.text.atEnd()) {
      throw parser.text.fault("no ')' that nothing opens");
    }
    return whole;
  }

  private AsPathTerm readChoice() {
    List<AsPathTerm> options = new ArrayList<>(List.of(readSequence()));
    while (text.skip('|')) {
      options.add(readSequence());
    }
    return options.size() == 1 ? options.get(0) : new Choice(options);
  }

  private AsPathTerm readSequence() {
    List<AsPathTerm> parts = new ArrayList<>();
    skipSpaces();
    while (!text.atEnd() && !text.isAt('|') && !text.isAt(')')) {
      AsPathTerm atom = readAtom();
      skipSpaces();
      parts.add(readRepetition(atom));
      skipSpaces();
    }
    return new Sequence(parts);
  }

  private AsPathTerm readRepetition(AsPathTerm atom) {
    if (text.skip('*')) {
      return new Repeated(atom, true, true);
    }
    if (text.skip('+')) {
      return new Repeated(atom, false, true);
    }
    return text.skip('?') ? new Repeated(atom, true, false) : atom;
  }

  private AsPathTerm readAtom() {
    if (text.skip('^')) {
      return Place.BEGINNING;
    }
    if (text.skip('$')) {
      return Place.END;
    }
    if (text.skip('.')) {
      return Numbers.ANY;
    }
    if (text.skip('(')) {
      AsPathTerm inside = readChoice();
      text.expect(')');
      return inside;
    }
    return readNumbers();
  }

  private Numbers readNumbers() {
    long low = readNumber();
    if (!text.skip('-')) {
      return new Numbers(low, low);
    }
    int start = text.position();
    long high = readNumber();
    if (high < low) {
      throw text.faultAt(start, "is less than " + low + ", with which the range begins");
    }
    return new Numbers(low, high);
  }

  private long readNumber() {
    int start = text.position();
    if (text.atEnd() || STOPS.indexOf(text.text().charAt(start)) >= 0) {
      throw text.fault("an AS number, '.', '^', '$' or '('");
    }
    return Asn.read(text, STOPS);
  }

  private void skipSpaces() {
    boolean isMore = true;
    while (isMore) {
      text.skipSpaces();
      isMore = text.skip('_');
    }
  }
}
