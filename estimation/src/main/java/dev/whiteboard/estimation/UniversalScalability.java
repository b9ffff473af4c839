package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * How throughput grows, flattens and falls as workers are added: X(n) = λ n / (1 + σ (n − 1) + κ n (n − 1)).
 *
 * <p><b>Idea.</b> Work that only one can do at a time costs a share σ for each other worker; keeping them in agreement costs κ
 * for each pair. With κ = 0 it is Amdahl's law. N. J. Gunther, <i>A General Theory of Computational Scalability Based on
 * Rational Functions</i>, 2008, arXiv:0808.1431.
 *
 * <p><b>Cost.</b> A few operations; {@link #fit} some tens of passes over the measurements. <b>Thread safety.</b> Immutable.
 *
 * @param throughputOfOne λ, finite and above 0
 * @param contention σ, finite and at least 0
 * @param coherency κ, finite and at least 0
 */
public record UniversalScalability(double throughputOfOne, double contention, double coherency) {
  /**
   * Checks the coefficients.
   *
   * @param throughputOfOne λ, finite and above 0
   * @param contention σ, finite and at least 0
   * @param coherency κ, finite and at least 0
   * @throws IllegalArgumentException if an argument is out of range
   */
  public UniversalScalability {
    Checks.positive(throughputOfOne, "throughputOfOne");
    contention = Checks.nonNegative(contention, "contention");
    coherency = Checks.nonNegative(coherency, "coherency");
  }

  /**
   * Fits the law to measurements.
   *
   * @param workers at which n each was taken: in [1, 1e9], and at least three different ones
   * @param throughputs what was measured there, finite and above 0
   * @return the law with the least sum of squared differences in throughput among those with σ, κ at least 0
   * @throws IllegalArgumentException if the arrays differ in length or a number is out of range
   * @throws ArithmeticException if throughput falls so fast that the fit improves for ever as λ grows
   */
  public static UniversalScalability fit(double[] workers, double[] throughputs) {
    requireNonNull(workers, "workers");
    requireNonNull(throughputs, "throughputs");
    checkArgument(
        workers.length == throughputs.length,
        "workers and throughputs must be as many, were %s and %s",
        workers.length,
        throughputs.length);
    return new ScalabilityFit(workers, throughputs).best();
  }

  /**
   * Returns X(n).
   *
   * @param workers n, finite and at least 1
   * @return throughput, in the unit of {@code throughputOfOne}
   * @throws IllegalArgumentException if {@code workers} is out of range
   */
  public double throughput(double workers) {
    checkArgument(
        workers >= 1 && workers < Double.POSITIVE_INFINITY,
        "workers must be finite and >= 1, was %s",
        workers);
    return throughputOfOne
        / (1 / workers + (1 - 1 / workers) * contention + coherency * (workers - 1));
  }

  /**
   * Returns where throughput is highest.
   *
   * @return n = √((1 − σ) / κ), at least 1; infinite if throughput never falls
   */
  public double peakWorkers() {
    if (coherency == 0) {
      return contention <= 1 ? Double.POSITIVE_INFINITY : 1;
    }
    return Math.max(1, Math.sqrt(Math.max(0, 1 - contention) / coherency));
  }

  /**
   * Returns the highest throughput.
   *
   * @return X at {@link #peakWorkers}; the limit λ / σ if that is infinite, and infinite if σ is 0 as well
   */
  public double peakThroughput() {
    double peak = peakWorkers();
    return peak < Double.POSITIVE_INFINITY ? throughput(peak) : throughputOfOne / contention;
  }
}
