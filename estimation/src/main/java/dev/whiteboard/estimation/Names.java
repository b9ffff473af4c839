package dev.whiteboard.estimation;

import java.util.Collection;
import java.util.Comparator;

/** Helps out with names that nobody knows. */
final class Names {
  private Names() {}

  static String unknown(String what, String name, Collection<String> valid) {
    String nearest = valid.stream()
        .min(Comparator.comparingInt(other -> distance(name, other)))
        .orElseThrow();
    return "unknown " + what + " \"" + name + "\": did you mean \"" + nearest + "\"? Valid: "
        + String.join(", ", valid);
  }

  /** Levenshtein's edit distance, row by row. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
