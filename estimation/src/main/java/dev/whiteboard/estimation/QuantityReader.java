package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Walks over "1.5 GB/s" from left to right; a refusal names the index and what was expected there. */
final class QuantityReader {
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?");
  private static final Pattern WORD = Pattern.compile("[$€£¥]|[A-Za-z%]*");
  private static final Pattern BLANKS = Pattern.compile("\\s*");

  private final String text;
  private final String quantity;
  private int index;

  QuantityReader(String text, String quantity) {
    this.text = requireNonNull(text, "text");
    this.quantity = quantity;
    next(BLANKS);
  }

  BigDecimal number() {
    return number("a number >= 0");
  }

  BigDecimal number(String expected) {
    String digits = next(NUMBER);
    if (digits == null) {
      throw expected(expected);
    }
    next(BLANKS);
    return new BigDecimal(digits);
  }

  /** Reads a word or a symbol, which may be empty, and looks it up. */
  <U> U unit(Map<String, U> units, String expected) {
    U unit = unitIfAny(units);
    if (unit == null) {
      throw expected(expected);
    }
    return unit;
  }

  /** Reads a word if it is one of the units, else nothing. */
  <U> @Nullable U unitIfAny(Map<String, U> units) {
    int start = index;
    U unit = units.get(next(WORD));
    if (unit == null) {
      index = start;
      return null;
    }
    next(BLANKS);
    return unit;
  }

  void slash() {
    if (!text.startsWith("/", index)) {
      throw expected("/ and a period");
    }
    index++;
    next(BLANKS);
  }

  boolean atEnd() {
    return index == text.length();
  }

  void end() {
    if (!atEnd()) {
      throw expected("the end");
    }
  }

  private @Nullable String next(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(index, text.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    index = matcher.end();
    return matcher.group();
  }

  private IllegalArgumentException expected(String what) {
    return new IllegalArgumentException("cannot read \"" + text + "\" as " + quantity
        + ": expected " + what + " at index " + index);
  }
}
