package dev.bugle.advertiser.config.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the word that a misspelt one was probably meant to be. */
public final class Spelling {

  /** Comparing takes time in proportion to both lengths, and to the number of known words. */
  private static final int LONGEST = 64;

  private static final int MOST = 50;

  private static final Pattern SEPARATOR = Pattern.compile("[-_ ]");

  private Spelling() {}

  /** {@code ; did you mean this?}, or nothing when no known word is close. */
  public static String hint(String word, Collection<String> known) {
    return closest(word, known).map(k -> "; did you mean " + k + "?").orElse("");
  }

  /** The closest known word, if it is close enough to be a slip of the fingers. */
  private static Optional<String> closest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    String folded = fold(word);
    return known.stream()
        .filter(k -> k.length() <= LONGEST)
        .limit(MOST)
        .min(Comparator.comparingInt((String k) -> distance(folded, fold(k))))
        .filter(k -> distance(folded, fold(k)) <= Math.max(1, k.length() / 3));
  }

  /** Case and the kind of separator do not matter: remoteAs, remote_as and remote-as are one. */
  private static String fold(String word) {
    return SEPARATOR.matcher(word.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  /** How many characters must be inserted, removed or replaced (Levenshtein distance). */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
