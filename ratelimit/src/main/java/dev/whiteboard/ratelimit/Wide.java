package dev.whiteboard.ratelimit;

import java.math.BigInteger;

/**
 * Products of two longs, compared and divided exactly.
 *
 * <p><b>Cost.</b> A few instructions; an allocation only if a product to be divided passes 2^63.
 */
final class Wide {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private Wide() {}

  /** {@code floor(a * b / c)} for {@code a, b >= 0} and {@code c >= 1}, at most 2^63 - 1. */
  static long floor(long a, long b, long c) {
    return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b / c : divide(a, b, c, 0);
  }

  /** {@code ceil(a * b / c)} for {@code a, b >= 0} and {@code c >= 1}, at most 2^63 - 1. */
  static long ceil(long a, long b, long c) {
    if (Math.multiplyHigh(a, b) == 0 && a * b >= 0) {
      long quotient = a * b / c;
      return quotient * c == a * b ? quotient : quotient + 1;
    }
    return divide(a, b, c, c - 1);
  }

  /** Whether {@code a * b <= c * d}. */
  static boolean atMost(long a, long b, long c, long d) {
    long left = Math.multiplyHigh(a, b);
    long right = Math.multiplyHigh(c, d);
    return left < right || (left == right && Long.compareUnsigned(a * b, c * d) <= 0);
  }

  private static long divide(long a, long b, long c, long rest) {
    return BigInteger.valueOf(a)
        .multiply(BigInteger.valueOf(b))
        .add(BigInteger.valueOf(rest))
        .divide(BigInteger.valueOf(c))
        .min(MAX)
        .longValue();
  }
}
