package dev.whiteboard.estimation;

import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;

/** Finds where a condition that stays true once it is true becomes true. */
final class Search {
  private static final long LARGEST = Double.doubleToLongBits(Double.MAX_VALUE);

  private Search() {}

  /**
   * The least double, at least 0, for which the condition holds; infinite if there is none.
   *
   * <p>The bits of doubles of one sign are in the order of their values, so 63 halvings suit every scale.
   */
  static double leastDouble(DoublePredicate condition) {
    if (!condition.test(Double.MAX_VALUE)) {
      return Double.POSITIVE_INFINITY;
    }
    long low = 0;
    long high = LARGEST;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (condition.test(Double.longBitsToDouble(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Double.longBitsToDouble(low);
  }

  /** The least int from {@code first} on for which the condition holds; it is tried not much further than that. */
  static int leastInt(int first, IntPredicate condition) {
    int low = first;
    int high = first;
    for (int step = 1; !condition.test(high); step *= 2) {
      low = high + 1;
      high = Math.addExact(high, step);
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (condition.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
