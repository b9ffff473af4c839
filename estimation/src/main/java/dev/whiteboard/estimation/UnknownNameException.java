package dev.whiteboard.estimation;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Comparator;

/** Somebody asked for a name that is not there; the message has the nearest one that is. */
public final class UnknownNameException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** The valid name that is nearest to the one asked for. */
  private final String nearest;

  /**
   * Looks for the nearest name.
   *
   * @param what what is named, such as "step"
   * @param name the name that is not there
   * @param valid the names that are, at least one
   */
  public UnknownNameException(String what, String name, Collection<String> valid) {
    this(what, name, ImmutableList.copyOf(valid), nearest(name, valid));
  }

  private UnknownNameException(
      String what, String name, ImmutableList<String> valid, String nearest) {
    super("unknown " + what + " \"" + name + "\": did you mean \"" + nearest + "\"? Valid: "
        + String.join(", ", valid));
    this.nearest = nearest;
  }

  /**
   * Returns what was probably meant.
   *
   * @return the valid name that takes the fewest changes of letters
   */
  public String nearest() {
    return nearest;
  }

  private static String nearest(String name, Collection<String> valid) {
    return valid.stream()
        .min(Comparator.comparingInt(other -> distance(name, other)))
        .orElseThrow(() -> new IllegalArgumentException("valid must not be empty"));
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
