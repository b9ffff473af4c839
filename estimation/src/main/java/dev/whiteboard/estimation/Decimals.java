package dev.whiteboard.estimation;

import java.math.BigDecimal;
import java.math.MathContext;

/** Decimal digits of a double, moved by decimal shifts so that no unit conversion rounds them. */
final class Decimals {
  private static final MathContext FOR_HUMANS = new MathContext(3);

  private Decimals() {}

  /** The shortest digits that read back as {@code value}; {@code Double.toString} before JDK 19 can print one too many. */
  static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal candidate = exact.round(new MathContext(digits));
      if (candidate.doubleValue() == value) {
        return candidate;
      }
    }
    return exact.round(new MathContext(17));
  }

  static BigDecimal rounded(double value) {
    return new BigDecimal(value).round(FOR_HUMANS);
  }

  /** Writes the value in the largest of the units, each a thousand times the one before, that is not larger than it. */
  static String withUnit(BigDecimal value, String... units) {
    int exponent = value.precision() - value.scale() - 1;
    int unit = Math.max(0, Math.min(exponent / 3, units.length - 1));
    return plain(value.movePointLeft(3 * unit)) + units[unit];
  }

  /** Digits without an exponent, unless that takes more than 15 zeros. */
  static String plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    return Math.abs(exponent) > 15 ? stripped.toString() : stripped.toPlainString();
  }
}
