package dev.whiteboard.estimation;

import java.util.Optional;

/**
 * What the busiest second asks of a {@link Component}, by the medians of the plan.
 *
 * <p>Waiting is that of {@link Queueing#mmc}: requests at random, service times exponential, one queue for all workers. From
 * a utilisation of 1 on, times are infinite.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param component what it is about
 * @param requests the requests of all arrows that arrive, a second; empty if none does
 * @param needed servers for the load, or for what is stored if that takes more; empty if it has no servers of its own
 * @param servers servers in all, spares included; 0 if it has none of its own
 * @param workers requests that a server works at in parallel
 * @param utilisation share of time that a worker is busy
 * @param serviceSeconds mean time that a worker takes for a request
 * @param meanSeconds mean time that a request stays, wait included
 * @param stored what all servers keep together; empty if nothing
 * @param full share of the servers' capacity that is taken; 0 if that is not limited
 * @param availability share of time that it answers
 */
public record ComponentLoad(
    Component component,
    Optional<Step> requests,
    Optional<Step> needed,
    long servers,
    double workers,
    double utilisation,
    double serviceSeconds,
    double meanSeconds,
    Optional<Step> stored,
    double full,
    double availability) {
  /** More workers than this wait no shorter to any digit that matters, and Erlang's formula takes a step for each. */
  private static final int MOST_WORKERS = 1_000_000;

  /**
   * Returns how close it is to its limit: the larger of utilisation and fullness. The component with the largest pressure is
   * the first to fail when everything grows.
   *
   * @return 1 at the limit, above if it is passed
   */
  public double pressure() {
    return Math.max(utilisation, full);
  }

  /**
   * Returns a percentile of the time that a request stays.
   *
   * @param quantile the share of requests in [0, 1), 0.99 for the 99th percentile
   * @return seconds; infinite from a utilisation of 1 on
   * @throws IllegalArgumentException if {@code quantile} is out of range
   */
  public double percentileSeconds(double quantile) {
    Checks.shareBelowOne(quantile, "quantile");
    if (serviceSeconds == 0) {
      return 0;
    }
    int all = queue(servers, workers);
    double arrivals = utilisation * all / serviceSeconds;
    return Queueing.mmcTimeInSystem(arrivals, 1 / serviceSeconds, all, quantile);
  }

  static double meanSeconds(long servers, double workers, double utilisation, double service) {
    if (service == 0) {
      return 0;
    }
    int all = queue(servers, workers);
    return Queueing.mmc(utilisation * all / service, 1 / service, all).timeInSystem();
  }

  /** The workers in front of one queue; one idle one for a component whose servers are not ours to count. */
  private static int queue(long servers, double workers) {
    return (int) Math.max(1, Math.min(MOST_WORKERS, Math.rint(servers * workers)));
  }
}
