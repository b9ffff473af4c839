package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import java.util.function.DoubleUnaryOperator;

/**
 * How rare slowness becomes common when a request waits for many servers.
 *
 * <p><b>Idea.</b> A request that needs {@code n} answers is slow if any of them is: with servers that are slow independently
 * with probability p, that is 1 − (1 − p)^n. J. Dean and L. A. Barroso, <i>The Tail at Scale</i>, CACM 56(2), 2013.
 * Servers that share a cause of slowness do better than this.
 *
 * <p>Asking more servers than are needed works the other way: a request that takes the first k of n answers is slow only if
 * n − k + 1 of them are. A hedged request asks a second server once the first has taken too long, and so pays for few.
 *
 * <p><b>Cost.</b> Two transcendental functions, exact to rounding for the smallest shares; n steps for k of n. <b>Thread safety.</b> Stateless.
 */
public final class TailLatency {
  private TailLatency() {}

  /**
   * Returns the share of slow requests.
   *
   * @param slowShare share of slow answers of one server, in [0, 1]
   * @param fanOut servers that a request waits for, at least 1
   * @return share of requests that wait for at least one slow answer
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double slowShareOfFanOut(double slowShare, int fanOut) {
    return -Math.expm1(
        Checks.atLeastOne(fanOut, "fanOut") * Math.log1p(-Checks.share(slowShare, "slowShare")));
  }

  /**
   * Returns how rare slowness must be at each server; the inverse of {@link #slowShareOfFanOut}.
   *
   * @param slowShareOfFanOut share of requests that may be slow, in [0, 1]
   * @param fanOut servers that a request waits for, at least 1
   * @return share of slow answers that each server may have
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double slowShareOfServer(double slowShareOfFanOut, int fanOut) {
    return -Math.expm1(Math.log1p(-Checks.share(slowShareOfFanOut, "slowShareOfFanOut"))
        / Checks.atLeastOne(fanOut, "fanOut"));
  }

  /**
   * Returns the share of slow requests if some of the answers are enough, as in a quorum.
   *
   * @param slowShare share of slow answers of one server, in [0, 1]
   * @param needed answers that a request waits for, in [1, asked]
   * @param asked servers that are asked at once, at least 1
   * @return share of requests to which fewer than {@code needed} servers answer fast
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double slowShareOfFirst(double slowShare, int needed, int asked) {
    Checks.share(slowShare, "slowShare");
    Checks.atLeastOne(asked, "asked");
    Checks.inRange(needed, 1, asked, "needed");
    return Binomial.atLeast(asked - needed + 1, asked, slowShare);
  }

  /**
   * Returns the distribution of a request that is sent again, to another server, if it is not answered in time.
   *
   * <p>{@code slowShareAfter(delay)} of the requests are sent twice, so a delay at the 95th percentile costs 5 % more load.
   *
   * @param slowShareAfter share of requests that one server has not answered after a time; for exponential times of mean 1
   *     {@code t -> Math.exp(-t)}
   * @param delay before the second request, in the same unit, finite and at least 0; 0 sends both at once
   * @return share of requests that neither server has answered after a time, counted from the first; the function refuses
   *     times that are negative, infinite or NaN
   * @throws IllegalArgumentException if {@code delay} is out of range
   */
  public static DoubleUnaryOperator hedged(DoubleUnaryOperator slowShareAfter, double delay) {
    requireNonNull(slowShareAfter, "slowShareAfter");
    Checks.nonNegative(delay, "delay");
    return time -> {
      double first = slowShare(slowShareAfter, Checks.nonNegative(time, "time"));
      return time < delay ? first : first * slowShare(slowShareAfter, time - delay);
    };
  }

  /**
   * Returns a percentile of a distribution: with {@code slowShare} 0.01 the 99th.
   *
   * @param slowShareAfter share of requests not answered after a time; must not increase
   * @param slowShare share of requests that may take longer, in [0, 1]
   * @return the least time after which no more are unanswered; infinite if there always are more
   * @throws IllegalArgumentException if {@code slowShare} or a result of {@code slowShareAfter} is out of range
   */
  public static double timeExceededBy(DoubleUnaryOperator slowShareAfter, double slowShare) {
    requireNonNull(slowShareAfter, "slowShareAfter");
    Checks.share(slowShare, "slowShare");
    return Search.leastDouble(time -> slowShare(slowShareAfter, time) <= slowShare);
  }

  private static double slowShare(DoubleUnaryOperator slowShareAfter, double time) {
    return Checks.share(slowShareAfter.applyAsDouble(time), "slowShareAfter");
  }
}
