package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import com.google.common.math.DoubleMath;
import java.math.RoundingMode;

/**
 * Events per period, in the period in which they are known.
 *
 * <p><b>Idea.</b> 500 M a month over five years is 500 M × 60, and 100 M a day over ten years is 100 M × 3,650. A rate that
 * was turned into seconds at once could give only one of the two (see {@link CalendarUnit}).
 *
 * <p><b>Cost.</b> One double and a reference. <b>Thread safety.</b> Immutable.
 *
 * @param count events in one period, finite and at least 0
 * @param period the period
 */
public record Rate(double count, CalendarUnit period) {
  /**
   * Checks the rate.
   *
   * @param count events in one period, finite and at least 0
   * @param period the period
   * @throws IllegalArgumentException if {@code count} is negative, infinite or NaN
   */
  public Rate {
    count = Checks.nonNegative(count, "count");
    requireNonNull(period, "period");
  }

  /**
   * Returns a rate.
   *
   * @param count events in one period, finite and at least 0
   * @param period the period
   * @return the rate
   * @throws IllegalArgumentException if {@code count} is negative, infinite or NaN
   */
  public static Rate of(double count, CalendarUnit period) {
    return new Rate(count, period);
  }

  /**
   * Reads a rate such as "50M/day", "500M/month" or "10/s".
   *
   * @param text a {@link Count#parse count}, a slash, and s, min, h, day, week, month or year
   * @return the rate
   * @throws IllegalArgumentException if the text is not a rate; the message says what was expected where
   */
  public static Rate parse(String text) {
    QuantityReader reader = new QuantityReader(text, "a rate");
    double count = Count.read(reader).value();
    reader.slash();
    CalendarUnit period = reader.unit(CalendarUnit.SPELLINGS, CalendarUnit.EXPECTED);
    reader.end();
    return new Rate(count, period);
  }

  /**
   * Returns the events in one period as a {@code long}.
   *
   * @return the events
   * @throws ArithmeticException if they are not whole, or are 2^63 or more
   */
  public long countExact() {
    return DoubleMath.roundToLong(count, RoundingMode.UNNECESSARY);
  }

  /**
   * Expresses the rate in another period.
   *
   * @param other the period of the result
   * @return the same rate
   * @throws IllegalArgumentException if its count is beyond a double
   */
  public Rate per(CalendarUnit other) {
    requireNonNull(other, "other");
    return new Rate(other.convert(count, period), other);
  }

  /**
   * Counts the events of a span of time.
   *
   * @param span the span, converted from its own unit to this rate's period
   * @return the events
   * @throws IllegalArgumentException if their number is beyond a double
   */
  public Count over(TimeSpan span) {
    requireNonNull(span, "span");
    return new Count(span.unit().convert(count, period) * span.amount());
  }

  /**
   * Multiplies the rate.
   *
   * @param factor finite and at least 0
   * @return the product, in the same period
   * @throws IllegalArgumentException if {@code factor} is out of range or the product is beyond a double
   */
  public Rate times(double factor) {
    return new Rate(count * Checks.nonNegative(factor, "factor"), period);
  }

  /**
   * Rounds the rate for people.
   *
   * @return three digits, such as "19.3k/s"
   */
  public String format() {
    return new Count(count).format() + "/" + period.symbol();
  }

  /**
   * Writes the rate without loss.
   *
   * @return a text that {@link #parse} reads as the same rate, such as "500M/month"
   */
  @Override
  public String toString() {
    return new Count(count) + "/" + period.symbol();
  }
}
