package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.math.DoubleMath;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A span of time in the unit in which it was stated: "36 months" is not turned into days.
 *
 * <p><b>Cost.</b> One double and a reference. <b>Thread safety.</b> Immutable.
 *
 * <p><b>Instead.</b> A {@link java.time.Duration} for a machine's time; it knows no months.
 *
 * @param amount how many of the unit, finite and at least 0
 * @param unit the unit
 */
public record TimeSpan(double amount, CalendarUnit unit) {
  /** A word for a unit, or for a decimal part of a second. */
  private record Spelling(CalendarUnit unit, int decimals) {}

  private static final ImmutableMap<String, Spelling> SPELLINGS =
      ImmutableMap.<String, Spelling>builder()
          .putAll(Maps.transformValues(CalendarUnit.SPELLINGS, unit -> new Spelling(unit, 0)))
          .put("ms", new Spelling(CalendarUnit.SECOND, 3))
          .put("us", new Spelling(CalendarUnit.SECOND, 6))
          .buildOrThrow();

  /**
   * Checks the span.
   *
   * @param amount how many of the unit, finite and at least 0
   * @param unit the unit
   * @throws IllegalArgumentException if {@code amount} is negative, infinite or NaN
   */
  public TimeSpan {
    amount = Checks.nonNegative(amount, "amount");
    requireNonNull(unit, "unit");
  }

  /**
   * Returns a span.
   *
   * @param amount how many of the unit, finite and at least 0
   * @param unit the unit
   * @return the span
   * @throws IllegalArgumentException if {@code amount} is negative, infinite or NaN
   */
  public static TimeSpan of(double amount, CalendarUnit unit) {
    return new TimeSpan(amount, unit);
  }

  /**
   * Reads a span such as "5 years", "36 months", "2.5 h" or "20 ms".
   *
   * @param text a number, then us, ms, s, min, h, day, week, month or year, or the word or plural of one of the last seven
   * @return the span
   * @throws IllegalArgumentException if the text is not a span; the message says what was expected where
   */
  public static TimeSpan parse(String text) {
    QuantityReader reader = new QuantityReader(text, "a time span");
    BigDecimal number = reader.number();
    Spelling spelling = reader.unit(SPELLINGS, "us, ms, " + CalendarUnit.EXPECTED);
    reader.end();
    return new TimeSpan(number.movePointLeft(spelling.decimals).doubleValue(), spelling.unit);
  }

  /**
   * Returns the amount as a {@code long}.
   *
   * @return the amount
   * @throws ArithmeticException if it is not whole, or is 2^63 or more
   */
  public long amountExact() {
    return DoubleMath.roundToLong(amount, RoundingMode.UNNECESSARY);
  }

  /**
   * Returns how many of another unit the span is.
   *
   * @param other the unit
   * @return the span in that unit
   */
  public double in(CalendarUnit other) {
    return unit.convert(amount, other);
  }

  /**
   * Rounds the span for people.
   *
   * @return three digits, such as "2.5 hours", or "20 ms" for what is below a second
   */
  public String format() {
    BigDecimal digits = Decimals.rounded(amount);
    if (unit != CalendarUnit.SECOND || amount == 0 || digits.compareTo(BigDecimal.ONE) >= 0) {
      return text(digits);
    }
    boolean below = digits.movePointRight(3).compareTo(BigDecimal.ONE) < 0;
    return Decimals.plain(digits.movePointRight(below ? 6 : 3)) + (below ? " us" : " ms");
  }

  /**
   * Writes the span without loss.
   *
   * @return a text that {@link #parse} reads as the same span, such as "5 years"
   */
  @Override
  public String toString() {
    return text(Decimals.shortest(amount));
  }

  private String text(BigDecimal digits) {
    return Decimals.plain(digits) + " " + unit.word() + (amount == 1 ? "" : "s");
  }
}
