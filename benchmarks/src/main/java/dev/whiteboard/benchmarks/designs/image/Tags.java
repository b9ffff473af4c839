package dev.whiteboard.benchmarks.designs.image;

import com.google.common.base.Splitter;
import dev.whiteboard.benchmarks.designs.http.Problem;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words that images are found by: letters, digits, - and _, in small letters wherever the reader comes from. */
final class Tags {
  private static final int MOST = 10;
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Nd}_-]{1,30}");

  private Tags() {}

  /**
   * Reads tags with commas between.
   *
   * @param text none, if it is blank
   * @return each tag once
   * @throws Problem 400 if there are more than 10, or one is no tag
   */
  static List<String> split(String text) {
    return of(text.isBlank() ? List.of() : Splitter.on(',').splitToList(text));
  }

  /**
   * Checks tags.
   *
   * @return each tag once
   * @throws Problem 400 if there are more than 10, or one is no tag
   */
  static List<String> of(List<String> words) {
    List<String> tags = words.stream()
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
    if (tags.size() > MOST || !tags.stream().allMatch(tag -> TAG.matcher(tag).matches())) {
      throw Problem.of(
          400, "tags must be at most " + MOST + ", each 1 to 30 letters, digits, - and _");
    }
    return tags;
  }
}
