package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.Prefix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of prefixes, described by entries: a prefix is in the list if any entry has it. Looking one
 * up takes time in proportion to the number of entries.
 *
 * @param entries at least one; IPv4 and IPv6 may stand together
 */
public record PrefixList(List<Entry> entries) {

  /**
   * Prefixes that lie in another one and have certain lengths, as routers write it: {@code
   * 203.0.113.0/24} is that prefix alone, {@code ge 28} all within it of length 28 and more, {@code
   * le 28} all from its own length to 28, both together all from the one to the other.
   *
   * @param prefix that the others lie in
   * @param ge the least length, not shorter than the prefix
   * @param le the greatest length, not less than {@code ge}
   */
  public record Entry(Prefix prefix, int ge, int le) {

    private static final String FORM =
        "write it like 203.0.113.0/24, 203.0.113.0/24 le 28 or 203.0.113.0/24 ge 28 le 32";

    /** Checks the order of the lengths. */
    public Entry {
      int longest = prefix.address().bitLength();
      if (ge < prefix.length() || ge > longest) {
        throw new IllegalArgumentException(
            "ge " + ge + " of " + prefix + " is not in " + prefix.length() + " to " + longest);
      }
      if (le < ge || le > longest) {
        throw new IllegalArgumentException(
            "le " + le + " of " + prefix + " is not in " + ge + " to " + longest);
      }
    }

    /** This prefix and no other. */
    public static Entry exactly(Prefix prefix) {
      return new Entry(prefix, prefix.length(), prefix.length());
    }

    /**
     * Parses {@code 203.0.113.0/24}, which may be followed by {@code ge} and a length, {@code le}
     * and a length, or both in this order.
     *
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    public static Entry parse(String text) {
      String[] words = text.trim().split(" +", -1);
      Prefix prefix = Prefix.parse(words[0]);
      int at = 1;
      int ge = -1;
      int le = -1;
      if (at + 1 < words.length && words[at].equals("ge")) {
        ge = length(words[at + 1], text);
        at += 2;
      }
      if (at + 1 < words.length && words[at].equals("le")) {
        le = length(words[at + 1], text);
        at += 2;
      }
      if (at < words.length) {
        throw new IllegalArgumentException(
            "'" + words[at] + "' in '" + text + "' has no place there; " + FORM);
      }
      if (ge < 0 && le < 0) {
        return exactly(prefix);
      }
      return new Entry(
          prefix, ge < 0 ? prefix.length() : ge, le < 0 ? prefix.address().bitLength() : le);
    }

    private static int length(String digits, String whole) {
      if (!digits.matches("0|[1-9][0-9]{0,2}")) {
        throw new IllegalArgumentException(
            "'" + digits + "' in '" + whole + "' is not a prefix length; " + FORM);
      }
      return Integer.parseInt(digits);
    }

    /** Whether this prefix is meant. */
    public boolean contains(Prefix other) {
      return other.length() >= ge && other.length() <= le && prefix.covers(other);
    }

    /** The notation that {@link #parse} reads. */
    @Override
    public String toString() {
      if (ge == prefix.length() && le == ge) {
        return prefix.toString();
      }
      return prefix
          + (ge > prefix.length() ? " ge " + ge : "")
          + (le < prefix.address().bitLength() || ge == prefix.length() ? " le " + le : "");
    }
  }

  /** Copies the list and checks that it is not empty. */
  public PrefixList {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(
          "a prefix list has at least one entry, else it has nothing");
    }
  }

  /**
   * The list of these entries, each in the notation of {@link Entry#parse}.
   *
   * @throws IllegalArgumentException saying what is wrong with a text
   */
  public static PrefixList of(String... entries) {
    return new PrefixList(Arrays.stream(entries).map(Entry::parse).toList());
  }

  /** Whether any entry has this prefix. */
  public boolean contains(Prefix prefix) {
    for (Entry entry : entries) {
      if (entry.contains(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Like {@code 203.0.113.0/24 ge 32, 2001:db8::/32 le 64}. */
  @Override
  public String toString() {
    return entries.stream().map(Entry::toString).collect(Collectors.joining(", "));
  }
}
