package dev.whiteboard.estimation;

/**
 * The long-run averages of a waiting line, as {@link Queueing} computes them.
 *
 * <p>From a utilisation of 1 on there is no steady state: {@code waitProbability} is 1, lengths and times are infinite.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param utilisation load per server; above 1 the line grows without end
 * @param waitProbability share of requests that find all servers busy
 * @param itemsWaiting Lq, mean number of requests that wait
 * @param itemsInSystem L, mean number of requests that wait or are served
 * @param waitingTime Wq, mean time before service, in the unit of the rates
 * @param timeInSystem W, mean time from arrival to departure
 */
public record SteadyState(
    double utilisation,
    double waitProbability,
    double itemsWaiting,
    double itemsInSystem,
    double waitingTime,
    double timeInSystem) {

  /** Derives the rest; {@code meanWait} is in service times, so that no product of rates can overflow on the way. */
  static SteadyState of(
      double utilisation, double waitProbability, double meanWait, double offered, double service) {
    if (utilisation >= 1) {
      double endless = Double.POSITIVE_INFINITY;
      return new SteadyState(utilisation, 1, endless, endless, endless, endless);
    }
    return new SteadyState(
        utilisation,
        waitProbability,
        offered * meanWait,
        offered * (meanWait + 1),
        meanWait * service,
        (meanWait + 1) * service);
  }
}
