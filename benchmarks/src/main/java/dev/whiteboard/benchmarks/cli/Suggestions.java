package dev.whiteboard.benchmarks.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Names that somebody may have meant, and {@code name=value} settings. */
final class Suggestions {
  private Suggestions() {}

  /** The known name that is fewest edits away, if these are two, or at most a third of the word. */
  static Optional<String> nearest(String word, Collection<String> known) {
    LevenshteinDistance edits = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparing(name -> edits.apply(lower(word), lower(name))))
        .filter(name -> edits.apply(lower(word), lower(name)) <= Math.max(2, word.length() / 3));
  }

  /** The error for a name that is not known. */
  static UserError unknown(String kind, String word, Collection<String> known) {
    return new UserError("unknown " + kind + " " + word
        + nearest(word, known).map(name -> ": did you mean " + name + "?").orElse("")
        + " (known: " + String.join(", ", known) + ")");
  }

  /** Refuses settings that none of the names stands for. */
  static void checkKnown(String kind, Map<String, String> settings, Collection<String> known) {
    for (String name : settings.keySet()) {
      if (!known.contains(name)) {
        throw unknown(kind, name, known);
      }
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
