package dev.heddle.launcher;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what someone probably meant.
final class Nearest {
  private Nearest() {}

  /// What to say of a word that is none of the known ones.
  static String advice(String word, Collection<String> known) {
    String expected = "expected one of " + String.join(", ", known);
    return to(word, known).map(near -> "did you mean " + near + "? " + expected).orElse(expected);
  }

  /// The known word that begins like this one, or else shares at least half its letters with it.
  static Optional<String> to(String word, Collection<String> known) {
    Optional<String> begun =
        known.stream().filter(each -> !word.isEmpty() && each.startsWith(word)).findFirst();
    return begun.or(
        () ->
            known.stream()
                .filter(each -> 2 * distance(word, each) <= each.length())
                .min(Comparator.comparingInt(each -> distance(word, each))));
  }

  /// Levenshtein's: how many letters must be added, removed or replaced.
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
