package dev.whiteboard.benchmarks.peers;

import java.util.List;

/** Laws about ids as text. {@link IdTextChecks} looks for counter-examples. */
final class IdTextLaws {
  static final String ROUND_TRIP = "roundtrip";
  static final String SORT = "sort";
  static final String LENGTH = "length";
  static final String FOREIGN = "foreign";
  static final String OVERFLOW = "overflow";
  static final String SPOKEN = "spoken";
  static final String TYPO = "typo";
  static final String ONE_CODE = "onecode";
  static final String HIDDEN = "hidden";

  private IdTextLaws() {}

  static List<Law<IdText>> all() {
    return List.of(
        new Law<>(
            ROUND_TRIP,
            "What is written is read as it was, from 0 to the largest number.",
            "another number, or none",
            IdTextChecks::lost),
        new Law<>(
            SORT,
            "Texts sort as their numbers do.",
            "a text that sorts behind that of a larger number",
            IdTextChecks::unsorted),
        new Law<>(
            LENGTH,
            "A text that is too short or too long is refused.",
            "one that is read as a number",
            IdTextChecks::wrongLength),
        new Law<>(
            FOREIGN,
            "A text with a character outside the alphabet is refused.",
            "one that is read as a number",
            IdTextChecks::foreign),
        new Law<>(
            OVERFLOW,
            "A text that stands for more than the largest number is refused.",
            "one that is read as a smaller number",
            IdTextChecks::tooLarge),
        new Law<>(
            SPOKEN,
            "Crockford's base 32 is read in either case, I and L as 1, and O as 0.",
            "a text that is refused, or read as another number",
            IdTextChecks::misheard),
        new Law<>(
            TYPO,
            "A check symbol finds every wrong character and every swap of two neighbours.",
            "one that it does not find",
            IdTextChecks::mistyped),
        new Law<>(
            ONE_CODE,
            "No two numbers share a short code, and all codes of a small domain have one length.",
            "a code of two numbers, or codes of two lengths",
            IdTextChecks::shared),
        new Law<>(
            HIDDEN,
            "Short codes of consecutive numbers look unrelated: half sort behind the one before, few begin like it.",
            "more, or fewer",
            IdTextChecks::showing));
  }
}
