package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.math.DoubleMath;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A number without a unit: how many, or what share.
 *
 * <p><b>Cost.</b> One double, so whole numbers are exact up to 2^53. <b>Thread safety.</b> Immutable.
 *
 * @param value the number, finite and at least 0; it need not be whole
 */
public record Count(double value) implements Comparable<Count> {
  /** What may follow any number. */
  static final ImmutableMap<String, BigDecimal> MULTIPLES =
      ImmutableMap.<String, BigDecimal>builder()
          .put("", BigDecimal.ONE)
          .put("k", BigDecimal.TEN.pow(3))
          .put("K", BigDecimal.TEN.pow(3))
          .put("thousand", BigDecimal.TEN.pow(3))
          .put("M", BigDecimal.TEN.pow(6))
          .put("million", BigDecimal.TEN.pow(6))
          .put("bn", BigDecimal.TEN.pow(9))
          .put("billion", BigDecimal.TEN.pow(9))
          .put("tn", BigDecimal.TEN.pow(12))
          .put("trillion", BigDecimal.TEN.pow(12))
          .buildOrThrow();

  private static final ImmutableMap<String, BigDecimal> SUFFIXES =
      ImmutableMap.<String, BigDecimal>builder()
          .putAll(MULTIPLES)
          .put("%", new BigDecimal("0.01"))
          .buildOrThrow();

  static final String[] WRITTEN = {"", "k", "M", "bn", "tn"};

  /**
   * Checks the number.
   *
   * @param value the number, finite and at least 0
   * @throws IllegalArgumentException if {@code value} is negative, infinite or NaN
   */
  public Count {
    value = Checks.nonNegative(value, "value");
  }

  /**
   * Returns a count.
   *
   * @param value the number, finite and at least 0
   * @return the count
   * @throws IllegalArgumentException if {@code value} is negative, infinite or NaN
   */
  public static Count of(double value) {
    return new Count(value);
  }

  /**
   * Reads a number such as "500M", "1.2k", "3 billion" or "20%".
   *
   * @param text a number, then nothing or one of k, M, bn, tn, thousand, million, billion, trillion, %
   * @return the count
   * @throws IllegalArgumentException if the text is not a count; the message says what was expected where
   */
  public static Count parse(String text) {
    QuantityReader reader = new QuantityReader(text, "a count");
    Count count = read(reader);
    reader.end();
    return count;
  }

  static Count read(QuantityReader reader) {
    BigDecimal number = reader.number();
    BigDecimal factor = reader.unit(SUFFIXES, "nothing, k, M, bn, tn or %");
    return new Count(number.multiply(factor).doubleValue());
  }

  /**
   * Returns the number as a {@code long}.
   *
   * @return the number
   * @throws ArithmeticException if it is not whole, or is 2^63 or more
   */
  public long valueExact() {
    return DoubleMath.roundToLong(value, RoundingMode.UNNECESSARY);
  }

  /**
   * Adds a count.
   *
   * @param other the count to add
   * @return the sum
   * @throws IllegalArgumentException if the sum is beyond a double
   */
  public Count plus(Count other) {
    requireNonNull(other, "other");
    return new Count(value + other.value);
  }

  /**
   * Multiplies the count.
   *
   * @param factor finite and at least 0
   * @return the product
   * @throws IllegalArgumentException if {@code factor} is out of range or the product is beyond a double
   */
  public Count times(double factor) {
    return new Count(value * Checks.nonNegative(factor, "factor"));
  }

  /**
   * Returns the rate of this many events in each period.
   *
   * @param period the period
   * @return the rate
   */
  public Rate per(CalendarUnit period) {
    return new Rate(value, period);
  }

  @Override
  public int compareTo(Count other) {
    return Double.compare(value, other.value);
  }

  /**
   * Rounds the count for people.
   *
   * @return three digits, such as "19.3k" or "1.67bn"
   */
  public String format() {
    return Decimals.withUnit(Decimals.rounded(value), WRITTEN);
  }

  /**
   * Writes the count without loss.
   *
   * @return the shortest digits that {@link #parse} reads as the same count, such as "500M"
   */
  @Override
  public String toString() {
    return Decimals.withUnit(Decimals.shortest(value), WRITTEN);
  }
}
