package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.math.Quantiles;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * A number that is known only roughly: its median and the interval that holds it nine times in ten.
 *
 * <p><b>Idea.</b> Guesses at sizes and rates are off by factors, so the logarithm is taken as normal, with a width of its own
 * on either side of the median. Log-variances of independent factors add: six factors that are each ×/÷ 2 make a product
 * that is ×/÷ 5.5, not ×/÷ 64. A sum of log-normals has no closed form; it is sampled with a fixed seed, so that the same
 * inputs give the same sum.
 *
 * <p><b>Cost.</b> A product costs two square roots, a sum 2^15 exponentials unless one side is exact.
 * <b>Thread safety.</b> Immutable.
 *
 * <p><b>Instead.</b> Operands count as independent: for {@code x + x} use {@code x.times(exactly(2))}. In a
 * {@link CapacityPlan} steps that share an assumption are handled.
 *
 * @param low the 5th percentile
 * @param value the median
 * @param high the 95th percentile
 */
public record Estimate(double low, double value, double high) {
  private static final int DRAWS = 1 << 14;
  private static final long SEED =
      0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio; any number would do

  /** The 95th percentile of the standard normal distribution. */
  private static final double Z95 = 1.6448536269514722;

  /**
   * Checks the three numbers.
   *
   * @param low the 5th percentile
   * @param value the median
   * @param high the 95th percentile
   * @throws IllegalArgumentException unless they are finite, in order, and all zero or all above zero
   */
  public Estimate {
    low = Checks.nonNegative(low, "low");
    value = Checks.nonNegative(value, "value");
    high = Checks.nonNegative(high, "high");
    checkArgument(
        low <= value && value <= high && (low > 0 || high == 0),
        "an estimate must have 0 < low <= value <= high, was %s, %s, %s",
        low,
        value,
        high);
  }

  /**
   * Returns a number without doubt.
   *
   * @param value the number, finite and at least 0
   * @return the estimate
   * @throws IllegalArgumentException if {@code value} is negative, infinite or NaN
   */
  public static Estimate exactly(double value) {
    return new Estimate(value, value, value);
  }

  /**
   * Returns a guess.
   *
   * @param low what the number is below once in twenty times, finite and above 0
   * @param high what it is above once in twenty times, finite and at least {@code low}
   * @return the estimate, with the geometric mean of the two as its median
   * @throws IllegalArgumentException if a bound is out of range
   */
  public static Estimate between(double low, double high) {
    Checks.positive(low, "low");
    Checks.positive(high, "high");
    checkArgument(low <= high, "low must be <= high, was %s > %s", low, high);
    double median = Math.sqrt(low) * Math.sqrt(high);
    return new Estimate(low, Math.max(low, Math.min(median, high)), high);
  }

  /**
   * Says whether there is no doubt.
   *
   * @return whether low and high are equal
   */
  public boolean isExact() {
    return low == high;
  }

  /**
   * Multiplies by an independent estimate.
   *
   * @param factor the other factor
   * @return the product, in closed form
   * @throws ArithmeticException if the product is beyond a double
   */
  public Estimate times(Estimate factor) {
    return result(
        value * factor.value,
        Math.hypot(down(), factor.down()),
        Math.hypot(up(), factor.up()),
        isZero() || factor.isZero());
  }

  /**
   * Divides by an independent estimate.
   *
   * @param divisor the divisor, above 0
   * @return the quotient, in closed form
   * @throws IllegalArgumentException if {@code divisor} is 0
   * @throws ArithmeticException if the quotient is beyond a double
   */
  public Estimate dividedBy(Estimate divisor) {
    checkArgument(!divisor.isZero(), "divisor must be > 0, was 0");
    return result(
        value / divisor.value,
        Math.hypot(down(), divisor.up()),
        Math.hypot(up(), divisor.down()),
        isZero());
  }

  /**
   * Adds an independent estimate.
   *
   * @param other the other summand
   * @return the sum: shifted if one side is exact, else the percentiles of 2^14 draws
   * @throws ArithmeticException if the sum is beyond a double
   */
  public Estimate plus(Estimate other) {
    requireNonNull(other, "other");
    if (isZero() && other.isZero()) {
      return this;
    }
    if (isExact() || other.isExact()) {
      return inRange(low + other.low, value + other.value, high + other.high);
    }
    double[] sums = new double[DRAWS];
    addDraws(Normal.FIRST, sums);
    other.addDraws(Normal.SECOND, sums);
    Map<Integer, Double> percentiles =
        Quantiles.percentiles().indexes(5, 50, 95).computeInPlace(sums);
    return inRange(
        requireNonNull(percentiles.get(5)),
        requireNonNull(percentiles.get(50)),
        requireNonNull(percentiles.get(95)));
  }

  private void addDraws(double[] deviations, double[] sums) {
    double down = down() / Z95;
    double up = up() / Z95;
    for (int i = 0; i < DRAWS; i++) {
      sums[i] += value * Math.exp(deviations[i] * (deviations[i] < 0 ? down : up));
    }
  }

  /** Two independent rows of draws from the normal distribution, the same for every sum. */
  private static final class Normal {
    private static final double[] FIRST = draws(SEED);
    private static final double[] SECOND = draws(~SEED);

    private static double[] draws(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      return DoubleStream.generate(random::nextGaussian).limit(DRAWS).toArray();
    }
  }

  /** How far the logarithm lies below the median at {@code low}. */
  double down() {
    return isZero() ? 0 : Math.log(value / low);
  }

  /** How far the logarithm lies above the median at {@code high}. */
  double up() {
    return isZero() ? 0 : Math.log(high / value);
  }

  /** The estimate with this median whose logarithm reaches {@code down} below and {@code up} above it. */
  static Estimate around(double median, double down, double up) {
    return result(median, down, up, median == 0);
  }

  private boolean isZero() {
    return high == 0;
  }

  private static Estimate result(double value, double down, double up, boolean zero) {
    if (zero) {
      return exactly(0);
    }
    return inRange(value * Math.exp(-down), value, value * Math.exp(up));
  }

  /** Refuses what has become infinite, or 0 where a summand or factor was not. */
  private static Estimate inRange(double low, double value, double high) {
    if (high == Double.POSITIVE_INFINITY || low == 0) {
      throw new ArithmeticException(
          "the result is beyond the range of a double: " + low + ", " + value + ", " + high);
    }
    return new Estimate(low, value, high);
  }
}
