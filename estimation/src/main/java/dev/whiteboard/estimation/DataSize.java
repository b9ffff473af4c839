package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import com.google.common.math.DoubleMath;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of data.
 *
 * <p><b>Idea.</b> A letter decides a factor of eight and an {@code i} one of 1.024 to 1.209, so both are read strictly:
 * {@code B} is a byte, {@code b} and {@code bit} are a bit, {@code KB} and {@code kB} are 1,000 bytes and {@code KiB} is
 * 1,024 (IEC 80000-13). Digits are shifted as decimals: {@code parse("1.1 KB")} is 1,100 bytes.
 *
 * <p><b>Cost.</b> One double, so whole bytes are exact up to 2^53; beyond, a size keeps 53 bits.
 * <b>Thread safety.</b> Immutable.
 *
 * @param bytes the size in bytes, finite and at least 0; it need not be whole
 */
public record DataSize(double bytes) implements Comparable<DataSize> {
  /**
   * Checks the size.
   *
   * @param bytes the size in bytes, finite and at least 0
   * @throws IllegalArgumentException if {@code bytes} is negative, infinite or NaN
   */
  public DataSize {
    bytes = Checks.nonNegative(bytes, "bytes");
  }

  /**
   * Returns a size in bytes.
   *
   * @param bytes the size, finite and at least 0
   * @return the size
   * @throws IllegalArgumentException if {@code bytes} is negative, infinite or NaN
   */
  public static DataSize ofBytes(double bytes) {
    return new DataSize(bytes);
  }

  /**
   * Returns a size in any unit.
   *
   * @param amount how many of the unit, finite and at least 0
   * @param unit the unit
   * @return the size
   * @throws IllegalArgumentException if {@code amount} is negative, infinite or NaN, or the bytes are beyond a double
   */
  public static DataSize of(double amount, Unit unit) {
    requireNonNull(unit, "unit");
    return of(Decimals.shortest(Checks.nonNegative(amount, "amount")), unit.bytes);
  }

  /**
   * Reads a size such as "1.5 TiB", "5 KB", "8 Mb" or "1 Gbit".
   *
   * @param text a number, then a unit: b, bit or B, after an optional k, M, G, T, P, E, Z or Y and an optional i
   * @return the size
   * @throws IllegalArgumentException if the text is not a size; the message says what was expected where
   */
  public static DataSize parse(String text) {
    QuantityReader reader = new QuantityReader(text, "a size");
    BigDecimal number = reader.number();
    BigDecimal unit = reader.unit(SizeUnits.BYTES, SizeUnits.EXPECTED);
    reader.end();
    return of(number, unit);
  }

  private static DataSize of(BigDecimal amount, BigDecimal unitBytes) {
    return new DataSize(amount.multiply(unitBytes).doubleValue());
  }

  /**
   * Returns the size as a whole number of bytes.
   *
   * @return the bytes
   * @throws ArithmeticException if the size is not whole, or is 2^63 bytes or more
   */
  public long bytesExact() {
    return DoubleMath.roundToLong(bytes, RoundingMode.UNNECESSARY);
  }

  /**
   * Returns how many of a unit the size is.
   *
   * @param unit the unit
   * @return the size in that unit
   */
  public double in(Unit unit) {
    return bytes / unit.bytes.doubleValue();
  }

  /**
   * Adds a size.
   *
   * @param other the size to add
   * @return the sum
   * @throws IllegalArgumentException if the sum is beyond a double
   */
  public DataSize plus(DataSize other) {
    requireNonNull(other, "other");
    return new DataSize(bytes + other.bytes);
  }

  /**
   * Multiplies the size.
   *
   * @param factor finite and at least 0
   * @return the product
   * @throws IllegalArgumentException if {@code factor} is out of range or the product is beyond a double
   */
  public DataSize times(double factor) {
    return new DataSize(bytes * Checks.nonNegative(factor, "factor"));
  }

  /**
   * Divides the size.
   *
   * @param divisor finite and above 0
   * @return the quotient
   * @throws IllegalArgumentException if {@code divisor} is out of range or the quotient is beyond a double
   */
  public DataSize dividedBy(double divisor) {
    return new DataSize(bytes / Checks.positive(divisor, "divisor"));
  }

  /**
   * Returns the bandwidth that moves this much in each period.
   *
   * @param period the period
   * @return the bandwidth
   * @throws IllegalArgumentException if it is beyond a double
   */
  public Bandwidth per(CalendarUnit period) {
    return new Bandwidth(CalendarUnit.SECOND.convert(bytes * 8, period));
  }

  @Override
  public int compareTo(DataSize other) {
    return Double.compare(bytes, other.bytes);
  }

  /**
   * Rounds the size for people.
   *
   * @return three digits in a decimal unit, such as "1.27 KB"
   */
  public String format() {
    return Decimals.withUnit(Decimals.rounded(bytes), SizeUnits.DECIMAL);
  }

  /**
   * Writes the size without loss.
   *
   * @return the shortest digits that {@link #parse} reads as the same size, in a decimal unit
   */
  @Override
  public String toString() {
    return Decimals.withUnit(Decimals.shortest(bytes), SizeUnits.DECIMAL);
  }

  /** Units of data; a decimal one is a power of 1,000 bytes, a binary one a power of 1,024. */
  public enum Unit {
    /** An eighth of a byte. */
    BIT("bit"),
    /** A byte. */
    B("B"),
    /** 10^3 bytes. */
    KB("KB"),
    /** 10^6 bytes. */
    MB("MB"),
    /** 10^9 bytes. */
    GB("GB"),
    /** 10^12 bytes. */
    TB("TB"),
    /** 10^15 bytes. */
    PB("PB"),
    /** 10^18 bytes. */
    EB("EB"),
    /** 10^21 bytes. */
    ZB("ZB"),
    /** 10^24 bytes. */
    YB("YB"),
    /** 2^10 bytes. */
    KIB("KiB"),
    /** 2^20 bytes. */
    MIB("MiB"),
    /** 2^30 bytes. */
    GIB("GiB"),
    /** 2^40 bytes. */
    TIB("TiB"),
    /** 2^50 bytes. */
    PIB("PiB"),
    /** 2^60 bytes. */
    EIB("EiB"),
    /** 2^70 bytes. */
    ZIB("ZiB"),
    /** 2^80 bytes. */
    YIB("YiB");

    private final BigDecimal bytes;

    Unit(String symbol) {
      bytes = requireNonNull(SizeUnits.BYTES.get(symbol));
    }
  }
}
