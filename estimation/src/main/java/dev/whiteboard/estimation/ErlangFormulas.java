package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How many servers a load needs when requests arrive at random: Erlang's formulas B (no room to wait) and C (a queue).
 *
 * <p><b>Idea.</b> The load is stated in erlangs: arrivals per unit of time × mean service time, which is the number of busy
 * servers if there are enough. A. K. Erlang, <i>Solution of Some Problems in the Theory of Probabilities of Significance in
 * Automatic Telephone Exchanges</i>, 1917. Powers and factorials of the textbook overflow from some 150 servers on; the
 * recursion 1 / B(n) = 1 + n / a · 1 / B(n − 1) does not. It is unrolled here from the last server down, so that it ends when
 * what is left cannot be seen.
 *
 * <p><b>Domain.</b> Poisson arrivals. B holds for every distribution of service times, C for exponential ones, in order of
 * arrival. Probabilities below 1e-308 are returned as 0, no argument in the domain yields NaN.
 *
 * <p><b>Cost.</b> At most {@code servers} steps, and about 10 √servers if load and servers are near each other.
 * <b>Thread safety.</b> Stateless.
 *
 * <p><b>Instead.</b> {@link Queueing#mmc} for times and lengths.
 */
public final class ErlangFormulas {
  /** With more, a result might not be an {@code int}. */
  private static final double MOST_ERLANGS = 1e9;

  private ErlangFormulas() {}

  /**
   * Returns B, the share of requests that are refused because all servers are busy.
   *
   * @param servers at least 1
   * @param offeredErlangs load, finite and at least 0; it may exceed {@code servers}
   * @return a probability
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double blockingProbability(int servers, double offeredErlangs) {
    Checks.atLeastOne(servers, "servers");
    return blocking(servers, Checks.nonNegative(offeredErlangs, "offeredErlangs"));
  }

  /**
   * Returns C, the share of requests that wait.
   *
   * @param servers at least 1
   * @param offeredErlangs load, finite and at least 0
   * @return a probability; 1 if the load is {@code servers} or more
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double waitProbability(int servers, double offeredErlangs) {
    Checks.atLeastOne(servers, "servers");
    return waiting(servers, Checks.nonNegative(offeredErlangs, "offeredErlangs"));
  }

  /**
   * Returns the servers needed if no request can wait.
   *
   * @param offeredErlangs load in [0, 1e9]
   * @param blockingProbability share of requests that may be refused, in (0, 1]
   * @return the least number of servers that refuses no more, at least 1
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static int serversForBlocking(double offeredErlangs, double blockingProbability) {
    checkLoad(offeredErlangs);
    Checks.positiveShare(blockingProbability, "blockingProbability");
    return Search.leastInt(1, servers -> blocking(servers, offeredErlangs) <= blockingProbability);
  }

  /**
   * Returns the servers needed if few requests may wait.
   *
   * @param offeredErlangs load in [0, 1e9]
   * @param waitProbability share of requests that may wait, in (0, 1]
   * @return the least number of servers, more than the load, with which no more wait
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static int serversForWaitProbability(double offeredErlangs, double waitProbability) {
    checkLoad(offeredErlangs);
    Checks.positiveShare(waitProbability, "waitProbability");
    return Search.leastInt(
        stable(offeredErlangs), servers -> waiting(servers, offeredErlangs) <= waitProbability);
  }

  /**
   * Returns the servers needed if requests may wait a little.
   *
   * @param offeredErlangs load in [0, 1e9]
   * @param meanWait mean time that a request, served at once or not, may wait, in mean service times: 0.1 for 1 ms if the
   *     service takes 10 ms; finite and above 0
   * @return the least number of servers, more than the load, with which the mean wait is no longer
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static int serversForMeanWait(double offeredErlangs, double meanWait) {
    checkLoad(offeredErlangs);
    Checks.positive(meanWait, "meanWait");
    return Search.leastInt(
        stable(offeredErlangs),
        servers -> waiting(servers, offeredErlangs) / (servers - offeredErlangs) <= meanWait);
  }

  private static void checkLoad(double offeredErlangs) {
    checkArgument(
        offeredErlangs >= 0 && offeredErlangs <= MOST_ERLANGS,
        "offeredErlangs must be in [0, 1e9], was %s",
        offeredErlangs);
  }

  private static int stable(double offeredErlangs) {
    return (int) offeredErlangs + 1;
  }

  /** The terms of 1 / B are n (n − 1) … (n − k + 1) / a^k for k from 0 to n. They grow at first, then shrink for good. */
  private static double blocking(int servers, double offered) {
    double term = 1;
    double sum = 1;
    for (double left = servers; left > 0 && sum < Double.POSITIVE_INFINITY; left--) {
      term *= left / offered;
      sum += term;
      if (left < offered && term < sum * 1e-20) {
        break;
      }
    }
    return 1 / sum;
  }

  /** C = n B / (n − a (1 − B)), written without the difference that cancels when a is near n. */
  static double waiting(int servers, double offered) {
    if (offered >= servers) {
      return 1;
    }
    double blocking = blocking(servers, offered);
    return servers * blocking / (servers - offered + offered * blocking);
  }
}
