package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The size of a Count-Min sketch, which counts how often each item occurs and never counts too little.
 *
 * <p><b>Idea.</b> Each of {@code depth} rows counts every item in one of {@code width} cells; the least of its cells is the
 * answer. It is too high by more than e / width of all that was counted with a probability of at most e^−depth. G. Cormode
 * and S. Muthukrishnan, <i>An Improved Data Stream Summary: the Count-Min Sketch and its Applications</i>, J. Algorithms
 * 55(1), 2005.
 *
 * <p><b>Domain.</b> The bound holds for the worst order and mix; skewed counts do better.
 *
 * <p><b>Cost.</b> A few operations. <b>Thread safety.</b> Stateless.
 */
public final class CountMinSizing {
  private CountMinSizing() {}

  /**
   * Returns the cells in a row.
   *
   * @param excess what a count may be too high by, as a share of all that was counted, in (0, 1]
   * @return ⌈e / excess⌉; {@link Long#MAX_VALUE} if there would be more
   * @throws IllegalArgumentException if {@code excess} is out of range
   */
  public static long width(double excess) {
    return (long) Math.ceil(Math.E / Checks.positiveShare(excess, "excess"));
  }

  /**
   * Returns the number of rows.
   *
   * @param failureProbability of a count that is higher than that, in (0, 1]
   * @return ⌈ln (1 / failureProbability)⌉, at least 1
   * @throws IllegalArgumentException if {@code failureProbability} is out of range
   */
  public static int depth(double failureProbability) {
    Checks.positiveShare(failureProbability, "failureProbability");
    return Math.max(1, (int) Math.ceil(-Math.log(failureProbability)));
  }

  /**
   * Returns what a sketch promises; the inverse of {@link #width}.
   *
   * @param width cells in a row, at least 1
   * @return e / width, a share of all that was counted; above 1 it promises nothing
   * @throws IllegalArgumentException if {@code width} is out of range
   */
  public static double excess(long width) {
    checkArgument(width >= 1, "width must be >= 1, was %s", width);
    return Math.E / width;
  }

  /**
   * Returns how often the promise fails; the inverse of {@link #depth}.
   *
   * @param depth rows, at least 1
   * @return e^−depth, a probability
   * @throws IllegalArgumentException if {@code depth} is out of range
   */
  public static double failureProbability(int depth) {
    return Math.exp(-Checks.atLeastOne(depth, "depth"));
  }
}
