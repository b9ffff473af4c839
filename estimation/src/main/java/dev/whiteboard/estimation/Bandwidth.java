package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import com.google.common.math.DoubleMath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Data per time. Networks are sold in bits and files are counted in bytes; both are read: "200 Mbit/s", "1 GB/s".
 *
 * <p><b>Cost.</b> One double. <b>Thread safety.</b> Immutable.
 *
 * @param bitsPerSecond bits in a second, finite and at least 0
 */
public record Bandwidth(double bitsPerSecond) implements Comparable<Bandwidth> {
  private static final String[] WRITTEN = {
    " bit/s", " kbit/s", " Mbit/s", " Gbit/s", " Tbit/s", " Pbit/s", " Ebit/s", " Zbit/s", " Ybit/s"
  };

  /**
   * Checks the bandwidth.
   *
   * @param bitsPerSecond bits in a second, finite and at least 0
   * @throws IllegalArgumentException if {@code bitsPerSecond} is negative, infinite or NaN
   */
  public Bandwidth {
    bitsPerSecond = Checks.nonNegative(bitsPerSecond, "bitsPerSecond");
  }

  /**
   * Returns a bandwidth.
   *
   * @param bitsPerSecond bits in a second, finite and at least 0
   * @return the bandwidth
   * @throws IllegalArgumentException if {@code bitsPerSecond} is negative, infinite or NaN
   */
  public static Bandwidth ofBitsPerSecond(double bitsPerSecond) {
    return new Bandwidth(bitsPerSecond);
  }

  /**
   * Reads a bandwidth such as "200 Mbit/s", "1 GB/s" or "172 GB/day".
   *
   * @param text a {@link DataSize#parse size}, a slash, and s, min, h, day, week, month or year
   * @return the bandwidth
   * @throws IllegalArgumentException if the text is not a bandwidth; the message says what was expected where
   */
  public static Bandwidth parse(String text) {
    QuantityReader reader = new QuantityReader(text, "a bandwidth");
    BigDecimal number = reader.number();
    BigDecimal bytes = reader.unit(SizeUnits.BYTES, SizeUnits.EXPECTED);
    reader.slash();
    CalendarUnit period = reader.unit(CalendarUnit.SPELLINGS, CalendarUnit.EXPECTED);
    reader.end();
    BigDecimal bits = number.multiply(bytes).multiply(BigDecimal.valueOf(8));
    BigDecimal seconds = BigDecimal.valueOf(period.convert(1, CalendarUnit.SECOND));
    return new Bandwidth(bits.divide(seconds, MathContext.DECIMAL128).doubleValue());
  }

  /**
   * Returns the bandwidth in bits as a {@code long}.
   *
   * @return bits in a second
   * @throws ArithmeticException if they are not whole, or are 2^63 or more
   */
  public long bitsPerSecondExact() {
    return DoubleMath.roundToLong(bitsPerSecond, RoundingMode.UNNECESSARY);
  }

  /**
   * Returns the bandwidth in bytes.
   *
   * @return bytes in a second
   */
  public double bytesPerSecond() {
    return bitsPerSecond / 8;
  }

  /**
   * Returns what passes in a span of time.
   *
   * @param span the span
   * @return the data
   * @throws IllegalArgumentException if it is beyond a double
   */
  public DataSize over(TimeSpan span) {
    requireNonNull(span, "span");
    return new DataSize(bytesPerSecond() * span.in(CalendarUnit.SECOND));
  }

  /**
   * Adds a bandwidth.
   *
   * @param other the bandwidth to add
   * @return the sum
   * @throws IllegalArgumentException if the sum is beyond a double
   */
  public Bandwidth plus(Bandwidth other) {
    requireNonNull(other, "other");
    return new Bandwidth(bitsPerSecond + other.bitsPerSecond);
  }

  /**
   * Multiplies the bandwidth.
   *
   * @param factor finite and at least 0
   * @return the product
   * @throws IllegalArgumentException if {@code factor} is out of range or the product is beyond a double
   */
  public Bandwidth times(double factor) {
    return new Bandwidth(bitsPerSecond * Checks.nonNegative(factor, "factor"));
  }

  @Override
  public int compareTo(Bandwidth other) {
    return Double.compare(bitsPerSecond, other.bitsPerSecond);
  }

  /**
   * Rounds the bandwidth for people.
   *
   * @return three digits, such as "77.2 Mbit/s"
   */
  public String format() {
    return Decimals.withUnit(Decimals.rounded(bitsPerSecond), WRITTEN);
  }

  /**
   * Writes the bandwidth without loss.
   *
   * @return the shortest digits that {@link #parse} reads as the same bandwidth
   */
  @Override
  public String toString() {
    return Decimals.withUnit(Decimals.shortest(bitsPerSecond), WRITTEN);
  }
}
