package dev.bugle.bgp.wire.nlri;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How comparisons are written: an operator, then a number or names of bits, and how many octets it
 * has where that is not the least. {@code |} stands between them, or {@code &} for AND.
 */
final class FlowMatchText {

  /** In the order of the operator's value. */
  private static final List<String> NUMBER_OPERATORS =
      List.of("false", "=", ">", ">=", "<", "<=", "!=", "true");

  private static final List<String> BIT_OPERATORS = List.of("", "=", "!", "!=");

  private static final Pattern MATCH =
      Pattern.compile("(false|true|[=<>!]{0,2})([^=<>!/]+)(?:/([1248]))?");

  private static final Map<String, Integer> TCP_FLAGS =
      names("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR");

  private static final Map<String, Integer> FRAGMENTS =
      names("dont-fragment", "is-fragment", "first-fragment", "last-fragment");

  private FlowMatchText() {}

  private static Map<String, Integer> names(String... fromTheLowest) {
    Map<String, Integer> names = new LinkedHashMap<>();
    for (int i = 0; i < fromTheLowest.length; i++) {
      names.put(fromTheLowest[i], 1 << i);
    }
    return names;
  }

  private static Map<String, Integer> names(FlowComponentType type) {
    return type == FlowComponentType.TCP_FLAGS ? TCP_FLAGS : FRAGMENTS;
  }

  static String text(FlowComponentType type, FlowMatch match) {
    boolean bits = type.kind() == FlowComponentType.Kind.BITS;
    String operator = (bits ? BIT_OPERATORS : NUMBER_OPERATORS).get(match.operator());
    String value = bits ? bits(names(type), match.value()) : Long.toUnsignedString(match.value());
    boolean fewest = match.octets() == FlowMatch.fewestOctets(match.value());
    return operator + value + (fewest ? "" : "/" + match.octets());
  }

  private static String bits(Map<String, Integer> names, long value) {
    long known = names.values().stream().mapToInt(Integer::intValue).sum();
    if (value == 0 || (value & ~known) != 0) {
      return "0x" + Long.toHexString(value);
    }
    return names.entrySet().stream()
        .filter(name -> (value & name.getValue()) != 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.joining("+"));
  }

  static FlowMatches parse(FlowComponentType type, String text) {
    List<FlowMatch> matches = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || text.charAt(at) == '&' || text.charAt(at) == '|') {
        boolean and = start > 0 && text.charAt(start - 1) == '&';
        matches.add(match(type, and, text.substring(start, at)));
        start = at + 1;
      }
    }
    return new FlowMatches(type, matches);
  }

  private static FlowMatch match(FlowComponentType type, boolean and, String text) {
    boolean bits = type.kind() == FlowComponentType.Kind.BITS;
    List<String> operators = bits ? BIT_OPERATORS : NUMBER_OPERATORS;
    Matcher matcher = MATCH.matcher(text);
    if (!matcher.matches() || !operators.contains(matcher.group(1))) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no comparison of "
              + type
              + "; write it like "
              + (bits ? "=" + names(type).keySet().iterator().next() : "=80 or >=8000&<=8080"));
    }
    long value = bits ? bits(names(type), matcher.group(2)) : number(matcher.group(2));
    String octets = matcher.group(3);
    return new FlowMatch(
        and,
        operators.indexOf(matcher.group(1)),
        octets == null ? FlowMatch.fewestOctets(value) : Integer.parseInt(octets),
        value);
  }

  private static long number(String digits) {
    if (!digits.matches("[0-9]{1,20}")) {
      throw new IllegalArgumentException("'" + digits + "' is not a number");
    }
    try {
      return Long.parseUnsignedLong(digits);
    } catch (NumberFormatException tooLong) {
      throw new IllegalArgumentException("'" + digits + "' has more than 64 bits", tooLong);
    }
  }

  private static long bits(Map<String, Integer> names, String text) {
    if (text.matches("0x[0-9a-fA-F]{1,4}")) {
      return Long.parseLong(text.substring(2), 16);
    }
    long value = 0;
    for (String name : text.split("\\+", -1)) {
      Integer bit = names.get(name);
      if (bit == null) {
        throw new IllegalArgumentException(
            "'" + name + "' is none of " + String.join(", ", names.keySet()));
      }
      value |= bit;
    }
    return value;
  }
}
