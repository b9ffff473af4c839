package dev.whiteboard.estimation;

/**
 * Laws of waiting lines.
 *
 * <p><b>Idea.</b> The mean number of items in a stable system is the rate at which they arrive times the mean time that each
 * stays: L = λ W, whatever the distributions. J. D. C. Little, <i>A Proof for the Queuing Formula: L = λW</i>, Operations
 * Research 9(3), 1961. Rate and time must use one unit: per second with seconds.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class Queueing {
  private Queueing() {}

  /**
   * Returns L = λ W, for example the connections that a server holds open.
   *
   * @param arrivalRate λ, arrivals per unit of time, finite and at least 0
   * @param timeInSystem W, mean time in the same unit, finite and at least 0
   * @return the mean number in the system
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double itemsInSystem(double arrivalRate, double timeInSystem) {
    return Checks.nonNegative(arrivalRate, "arrivalRate")
        * Checks.nonNegative(timeInSystem, "timeInSystem");
  }

  /**
   * Returns λ = L / W, for example the throughput that a pool of threads can sustain.
   *
   * @param itemsInSystem L, mean number in the system, finite and at least 0
   * @param timeInSystem W, mean time, finite and above 0
   * @return arrivals per unit of time, in the unit of {@code timeInSystem}
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double arrivalRate(double itemsInSystem, double timeInSystem) {
    return Checks.nonNegative(itemsInSystem, "itemsInSystem")
        / Checks.positive(timeInSystem, "timeInSystem");
  }

  /**
   * Returns W = L / λ, for example how long a job waits in a backlog.
   *
   * @param itemsInSystem L, mean number in the system, finite and at least 0
   * @param arrivalRate λ, arrivals per unit of time, finite and above 0
   * @return the mean time, in the unit of {@code arrivalRate}
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double timeInSystem(double itemsInSystem, double arrivalRate) {
    return Checks.nonNegative(itemsInSystem, "itemsInSystem")
        / Checks.positive(arrivalRate, "arrivalRate");
  }
}
