package dev.whiteboard.estimation;

/**
 * Laws of waiting lines.
 *
 * <p><b>Idea.</b> The mean number of items in a stable system is the rate at which they arrive times the mean time that each
 * stays: L = λ W, whatever the distributions. J. D. C. Little, <i>A Proof for the Queuing Formula: L = λW</i>, Operations
 * Research 9(3), 1961. Rate and time must use one unit: per second with seconds.
 *
 * <p>How long they stay depends on the distributions. M/M/1, M/M/c and M/G/1 take Poisson arrivals, service in order of
 * arrival and endless room. L. Kleinrock, <i>Queueing Systems, Volume 1</i>, 1975. The wait goes up as 1 / (1 − utilisation):
 * from 80 % to 90 % it doubles. Arrivals that come in bursts wait longer.
 *
 * <p><b>Cost.</b> A few operations; with c servers those of {@link ErlangFormulas}. <b>Thread safety.</b> Stateless.
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

  /**
   * Describes one server with exponential service times: M/M/1.
   *
   * @param arrivalRate λ, finite and at least 0
   * @param serviceRate μ, requests that the busy server completes per unit of time, finite and above 0
   * @return the averages; infinite from λ = μ on
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static SteadyState mm1(double arrivalRate, double serviceRate) {
    double load = offered(arrivalRate, serviceRate);
    return SteadyState.of(load, load, load / (1 - load), load, serviceTime(serviceRate));
  }

  /**
   * Describes several servers with exponential service times behind one queue: M/M/c.
   *
   * @param arrivalRate λ of all requests, finite and at least 0
   * @param serviceRate μ of one server, finite and above 0
   * @param servers c, at least 1
   * @return the averages; infinite from λ = c μ on
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static SteadyState mmc(double arrivalRate, double serviceRate, int servers) {
    double load = offered(arrivalRate, serviceRate);
    Checks.atLeastOne(servers, "servers");
    double waiting = ErlangFormulas.waiting(servers, load);
    return SteadyState.of(
        load / servers, waiting, waiting / (servers - load), load, serviceTime(serviceRate));
  }

  /**
   * Returns the time in an M/M/c system that a share of requests stays below, for example its 99th percentile.
   *
   * @param arrivalRate λ of all requests, finite and at least 0
   * @param serviceRate μ of one server, finite and above 0
   * @param servers c, at least 1
   * @param quantile the share of requests in [0, 1), 0.99 for the 99th percentile
   * @return the time from arrival to departure; infinite from λ = c μ on
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double mmcTimeInSystem(
      double arrivalRate, double serviceRate, int servers, double quantile) {
    double load = offered(arrivalRate, serviceRate);
    Checks.atLeastOne(servers, "servers");
    Checks.shareBelowOne(quantile, "quantile");
    double waiting = ErlangFormulas.waiting(servers, load);
    double drain = servers - load;
    return drain <= 0
        ? Double.POSITIVE_INFINITY
        : Search.leastDouble(time -> slower(time, waiting, drain) <= 1 - quantile) / serviceRate;
  }

  /**
   * Returns the time in an M/M/c queue that a share of requests waits no longer than.
   *
   * @param arrivalRate λ of all requests, finite and at least 0
   * @param serviceRate μ of one server, finite and above 0
   * @param servers c, at least 1
   * @param quantile the share of requests in [0, 1), 0.99 for the 99th percentile
   * @return the time from arrival to the start of service, 0 if that many need not wait; infinite from λ = c μ on
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double mmcWaitingTime(
      double arrivalRate, double serviceRate, int servers, double quantile) {
    double load = offered(arrivalRate, serviceRate);
    Checks.atLeastOne(servers, "servers");
    Checks.shareBelowOne(quantile, "quantile");
    double drain = servers - load;
    return drain <= 0
        ? Double.POSITIVE_INFINITY
        : Math.max(0, Math.log(ErlangFormulas.waiting(servers, load) / (1 - quantile)))
            / drain
            / serviceRate;
  }

  /**
   * Describes one server with service times of any distribution: M/G/1, by the formula of Pollaczek and Khinchine.
   *
   * <p>The mean wait is ρ / (1 − ρ) · (1 + C²) / 2 service times. C² is 0 if every request takes the same time and 1 if the
   * times are exponential; a few slow requests among many fast ones make it large, and all wait for it.
   *
   * @param arrivalRate λ, finite and at least 0
   * @param meanServiceTime finite and above 0
   * @param squaredVariation C², the variance of the service time over its mean squared, finite and at least 0
   * @return the averages; infinite from λ × {@code meanServiceTime} = 1 on
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static SteadyState mg1(
      double arrivalRate, double meanServiceTime, double squaredVariation) {
    double load = Checks.nonNegative(arrivalRate, "arrivalRate")
        * Checks.positive(meanServiceTime, "meanServiceTime");
    double spread = 0.5 + Checks.nonNegative(squaredVariation, "squaredVariation") / 2;
    return SteadyState.of(load, load, load / (1 - load) * spread, load, meanServiceTime);
  }

  private static double offered(double arrivalRate, double serviceRate) {
    return Checks.nonNegative(arrivalRate, "arrivalRate")
        / Checks.positive(serviceRate, "serviceRate");
  }

  /** Saturates, for a rate of which the inverse is beyond a double. */
  private static double serviceTime(double serviceRate) {
    return Math.min(1 / serviceRate, Double.MAX_VALUE);
  }

  /**
   * The share of requests that stay longer than {@code time} service times.
   *
   * <p>Those who wait do so for an exponential time of rate {@code drain} before their service of rate 1. The two tails are
   * e^−time + waiting · (e^−time − e^(−drain · time)) / (drain − 1); that is 0 / 0 at 1, hence the form below.
   */
  private static double slower(double time, double waiting, double drain) {
    double apart = Math.abs(drain - 1) * time;
    double mean = apart == 0 ? 1 : -Math.expm1(-apart) / apart;
    return Math.exp(-time) + waiting * time * Math.exp(-Math.min(1, drain) * time) * mean;
  }
}
