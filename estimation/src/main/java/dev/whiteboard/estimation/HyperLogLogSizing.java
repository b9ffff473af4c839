package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The size of a HyperLogLog sketch, which counts distinct items.
 *
 * <p><b>Idea.</b> 2^precision registers of six bits estimate any count with a standard error of 1.04 / √registers: four times
 * the memory halves it. P. Flajolet and others, <i>HyperLogLog: the Analysis of a Near-optimal Cardinality Estimation
 * Algorithm</i>, AofA 2007. Two estimates in three lie within one standard error, nineteen in twenty within two.
 *
 * <p><b>Domain.</b> The 1.04 is the limit for many registers; with 16 it is 1.106. Small counts are closer than this if the
 * implementation corrects for them.
 *
 * <p><b>Cost.</b> A few operations. <b>Thread safety.</b> Stateless.
 */
public final class HyperLogLogSizing {
  private static final int LEAST = 4;
  private static final int MOST = 18;
  private static final double ERROR_OF_ONE = 1.04;

  private HyperLogLogSizing() {}

  /**
   * Returns the standard error.
   *
   * @param precision log₂ of the number of registers, in [4, 18]
   * @return the standard deviation of estimate / truth
   * @throws IllegalArgumentException if {@code precision} is out of range
   */
  public static double standardError(int precision) {
    return ERROR_OF_ONE / Math.sqrt(registers(precision));
  }

  /**
   * Returns the number of registers.
   *
   * @param precision log₂ of the number of registers, in [4, 18]
   * @return 2^precision
   * @throws IllegalArgumentException if {@code precision} is out of range
   */
  public static int registers(int precision) {
    return 1 << Checks.inRange(precision, LEAST, MOST, "precision");
  }

  /**
   * Returns the memory of the registers.
   *
   * @param precision log₂ of the number of registers, in [4, 18]
   * @return six bits for each register: 12,288 bytes for a precision of 14
   * @throws IllegalArgumentException if {@code precision} is out of range
   */
  public static DataSize memory(int precision) {
    return DataSize.ofBytes(registers(precision) * 0.75);
  }

  /**
   * Returns the precision for an error.
   *
   * @param standardError to stay within, finite and at least 0.00203125, which takes a precision of 18
   * @return the least precision that does, at least 4
   * @throws IllegalArgumentException if {@code standardError} is out of range
   */
  public static int precision(double standardError) {
    checkArgument(
        standardError >= standardError(MOST) && standardError < Double.POSITIVE_INFINITY,
        "standardError must be finite and >= %s, was %s",
        standardError(MOST),
        standardError);
    int precision = LEAST;
    while (standardError(precision) > standardError) {
      precision++;
    }
    return precision;
  }
}
